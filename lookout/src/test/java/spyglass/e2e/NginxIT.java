package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.e2e.Client.Answer;

/** The configurations for nginx in docs/behind-a-proxy.md do what that page says. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class NginxIT {

  private static final String APP =
      """
      public Response call(Request request) {
        Peer peer = request.peer();
        String upgrade = request.headers().first("Upgrade").orElse("none");
        String connection = request.headers().first("Connection").orElse("none");
        return Response.text(String.join(" ",
            peer.host(), peer.scheme(), request.authority(), upgrade, connection));
      }
      """;

  @TempDir private Path folder;

  private String app() throws IOException {
    return TestJar.withApp(folder, "Who", APP);
  }

  @Test
  void to_a_port_with_TLS_and_HTTP_2_from_asleep_and_again() throws Exception {
    String site = Nginx.snippet("# nginx to a port");
    Certificate certificate = Certificate.make(folder);
    try (Tree tree = Tree.of("--trust", "127.0.0.1", "--timeout", "1", app());
        Nginx nginx =
            Nginx.inside("http", folder)
                .with(site)
                .replacing("listen 443 ssl http2;", "listen 127.0.0.1:PORT ssl http2;")
                .replacing("127.0.0.1:4222", "127.0.0.1:" + tree.port())
                .replacing("/etc/ssl/certs/example.com.pem", certificate.chain().toString())
                .replacing("/etc/ssl/private/example.com.key", certificate.key().toString())
                .start();
        HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
      String host = "127.0.0.1:" + nginx.port();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://" + host + "/"))
              .header("X-Forwarded-For", "192.0.2.1")
              .header("Forwarded", "for=192.0.2.2;host=forged")
              .build();
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertEquals(HttpClient.Version.HTTP_2, answer.version());
        assertEquals("127.0.0.1 https " + host + " none none", answer.body());
        // nginx keeps its connection, which keeps nobody awake.
        tree.awaitAsleep();
      }
    }
  }

  @Test
  void to_a_Unix_socket_and_an_upgrade_reaches_the_app() throws Exception {
    String site = Nginx.snippet("# nginx to a Unix socket");
    Path socket = folder.resolve("app.sock");
    try (Tree tree = Tree.on("unix:" + socket, "--trust", "unix", app());
        Nginx nginx =
            Nginx.inside("http", folder)
                .with(site)
                .replacing("listen 80;", "listen 127.0.0.1:PORT;")
                .replacing("/run/app/app.sock", socket.toString())
                .start();
        Client client = new Client(nginx.port())) {
      client.ask("/");
      assertEquals("127.0.0.1 http test none none", client.answer().body());
      client.ask("/", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
      Answer upgrade = client.answer();
      assertEquals("127.0.0.1 http test websocket upgrade", upgrade.body());
      assertEquals(1, tree.countInLog("somebody is there: waking"));
    }
  }

  /** As it is installed: root starts both, and each becomes a user of its own. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void to_a_Unix_socket_of_another_user_by_its_group(boolean named) throws Exception {
    assumeTrue(Started.isRoot() && Started.isInstalled("setpriv"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String app = app();
    Path run = Files.createDirectory(folder.resolve("app"));
    Path nginxs = Files.createDirectory(folder.resolve("nginx"));
    Files.setAttribute(nginxs, "unix:uid", 1);
    if (!named) {
      Files.setAttribute(run, "unix:gid", 1);
      Files.setAttribute(run, "unix:mode", 02750);
    }
    Path socket = run.resolve("app.sock");
    String group = named ? "--listen-group=daemon" : "--listen-mode=660";
    try (Tree tree = Tree.on("unix:" + socket, "--user=nobody", group, "--trust", "unix", app);
        Nginx nginx =
            Nginx.inside("http", nginxs)
                .with(Nginx.snippet("# nginx to a Unix socket"))
                .replacing("listen 80;", "listen 127.0.0.1:PORT;")
                .replacing("/run/app/app.sock", socket.toString())
                .as("daemon")
                .start()) {
      assertEquals("127.0.0.1 http test none none", Client.get(nginx.port(), "/").body());
      assertEquals(1, tree.countInLog("somebody is there: waking"));
    }
  }

  @Test
  void with_the_PROXY_protocol() throws Exception {
    String site = Nginx.snippet("# nginx with the PROXY protocol");
    try (Tree tree = Tree.of("--proxy-protocol", app())) {
      Nginx.Setup setup =
          Nginx.inside("", folder)
              .with(site)
              .replacing("listen 80;", "listen 127.0.0.1:PORT;")
              .replacing("127.0.0.1:4222", "127.0.0.1:" + tree.port());
      assumeFalse(
          setup.complaint().contains("unknown directive \"stream\""),
          "this nginx has no stream module");
      try (Nginx nginx = setup.start()) {
        assertEquals("127.0.0.1 http test none close", Client.get(nginx.port(), "/").body());
        assertTrue(tree.countInLog("PROXY") == 0, "nobody was turned away");
      }
    }
  }
}
