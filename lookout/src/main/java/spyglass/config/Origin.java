package spyglass.config;

import java.nio.file.Path;
import java.util.Locale;

/** Who has set something. */
public sealed interface Origin {

  /** As a comment in a file says it. */
  String comment();

  /** How an error names what was said there. */
  String culprit(String name, String text);

  /** What is said at one place must not contradict itself; a later place overrules an earlier one. */
  String place();

  /** Nobody. */
  record Usual() implements Origin {
    @Override
    public String comment() {
      return "default";
    }

    @Override
    public String culprit(String name, String text) {
      return "--" + name + " " + text;
    }

    @Override
    public String place() {
      return "default";
    }
  }

  /** The command line, or a file of arguments that it names with {@code @}. */
  record Typed() implements Origin {
    @Override
    public String comment() {
      return "from the command line";
    }

    @Override
    public String culprit(String name, String text) {
      if (name.equals("jar")) {
        return text;
      }
      return name.startsWith(Catalogue.OPTION + ".")
          ? "--" + name.replaceFirst("\\.", " ") + "=" + text
          : "--" + name + " " + text;
    }

    @Override
    public String place() {
      return "the command line";
    }
  }

  /** The jar: it brings a protocol, and nothing else that could be served. */
  record Brought(Path jar) implements Origin {
    @Override
    public String comment() {
      return "from " + jar + ", which brings no other";
    }

    @Override
    public String culprit(String name, String text) {
      return "--" + name + " " + text;
    }

    @Override
    public String place() {
      return jar.toString();
    }
  }

  /** An environment variable. */
  record Variable(String variable) implements Origin {
    @Override
    public String comment() {
      return "from " + variable;
    }

    @Override
    public String culprit(String name, String text) {
      return variable + "=" + text;
    }

    @Override
    public String place() {
      return "the environment";
    }
  }

  /** A line of a file, counted from 1. */
  record Line(Path file, int number) implements Origin {
    @Override
    public String comment() {
      return String.format(Locale.ROOT, "from %s:%d", file, number);
    }

    @Override
    public String culprit(String name, String text) {
      return String.format(Locale.ROOT, "%s:%d: %s=%s", file, number, name, text);
    }

    @Override
    public String place() {
      return file.toString();
    }
  }
}
