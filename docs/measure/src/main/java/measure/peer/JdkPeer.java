package measure.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The JDK's own server, a virtual thread for each request. */
final class JdkPeer {

  private static final int BACKLOG = 1024;

  private JdkPeer() {}

  public static void main(String[] args) throws IOException {
    // It would close every connection that is idle beside two hundred others, and answer the second
    // request of a connection forty milliseconds late.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    int port = Integer.parseInt(args[0]);
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(here, port), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", JdkPeer::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body =
        exchange.getRequestMethod().equals("POST")
            ? Answers.toPost(exchange.getRequestBody().readAllBytes().length)
            : Answers.to(exchange.getRequestURI().getPath());
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
