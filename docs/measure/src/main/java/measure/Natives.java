package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Peers that are no JVM: how they are started, with all they need in one folder. */
final class Natives {

  private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)+");

  private static final String NGINX =
      """
      daemon off;
      worker_processes 2;
      worker_rlimit_nofile 20000;
      pid DIR/pid;
      error_log DIR/error.log;
      events { worker_connections 12000; }
      http {
        access_log off;
        default_type text/plain;
        keepalive_requests 1000000000;
        client_body_temp_path DIR/body;
        proxy_temp_path DIR/proxy;
        fastcgi_temp_path DIR/fastcgi;
        uwsgi_temp_path DIR/uwsgi;
        scgi_temp_path DIR/scgi;
        server {
          listen 127.0.0.1:PORT backlog=1024;
          location / { return 200 "Hello, world!"; }
          location /10k { return 200 "LONG"; }
        }
      }
      """;

  private Natives() {}

  /** Makes a command line, and the files it names. */
  interface Maker {
    List<String> command(String program, int port, Path folder) throws IOException;
  }

  static List<String> nginx(String program, int port, Path folder) throws IOException {
    String text =
        NGINX
            .replace("DIR", folder.toString())
            .replace("PORT", Integer.toString(port))
            // A word of its configuration may not be longer than 4,096 bytes: three words then.
            .replace("\"LONG\"", "\"$a$a$a$a\"")
            .replace("http {", "http {\n  map $uri $a { default \"" + "x".repeat(2500) + "\"; }");
    Path config = Files.writeString(folder.resolve("nginx.conf"), text);
    return List.of(program, "-p", folder.toString(), "-c", config.toString(), "-e", "stderr");
  }

  static List<String> uwsgi(String program, int port, Path folder) {
    return List.of(
        program,
        "--master",
        "--die-on-term",
        "--processes=2",
        "--cheap",
        "--idle=1",
        "--http-socket=127.0.0.1:" + port,
        "--route-run=break:200 OK");
  }

  static String version(String program, String flag) {
    try {
      Process process = new ProcessBuilder(program, flag).redirectErrorStream(true).start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(said);
      return version.find() ? version.group() : "?";
    } catch (IOException e) {
      return "?";
    }
  }
}
