package examples.acceptlab;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files the lab needs. It looks for the others from where its own jar lies.
 *
 * @param root the folder of the checkout
 * @param lab our own jar
 */
record Checkout(Path root, Path lab) {

  static Checkout find() throws IOException {
    try {
      Path lab =
          Path.of(AcceptLab.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      // ROOT/examples/accept-lab/target/accept-lab.jar
      for (Path root = lab.getParent(); root != null; root = root.getParent()) {
        if (Files.isExecutable(root.resolve("spyglass"))) {
          return new Checkout(root, lab).checked();
        }
      }
      throw new IOException(lab + " lies in no checkout of Spyglass: leave it where it was built");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private Checkout checked() throws IOException {
    if (!Files.isRegularFile(pidEcho())) {
      throw new IOException(pidEcho() + " is missing: mvn -DskipTests package builds it");
    }
    return this;
  }

  Path launcher() {
    return root.resolve("spyglass");
  }

  Path pidEcho() {
    return root.resolve("examples/pid-echo/target/pid-echo.jar");
  }
}
