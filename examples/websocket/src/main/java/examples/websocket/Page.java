package examples.websocket;

/** The page, in one piece. It greets the WebSocket by itself, so that there is something to see. */
final class Page {

  /** Its own script and style and a connection to where it came from; nothing else may load. */
  static final String POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
          + " img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private Page() {}

  static final String TEXT =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,">
      <title>Echo</title>
      <style>
      body { font: 1.1rem/1.5 sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; }
      form { display: flex; gap: .5rem; }
      input { flex: 1; font: inherit; padding: .3rem .5rem; }
      button { font: inherit; padding: .3rem 1rem; }
      li.out::before { content: "you: "; color: #777; }
      li.in::before { content: "echo: "; color: #06c; }
      </style>
      </head>
      <body>
      <h1>Echo</h1>
      <p role="status" id="state">connecting</p>
      <form id="form">
      <input id="words" aria-label="Something to say" autocomplete="off" autofocus>
      <button>Send</button>
      <button type="button" id="bye">Close</button>
      </form>
      <ol id="talk"></ol>
      <script>
      const at = id => document.getElementById(id);
      const url = new URL("/echo", location.href);
      url.protocol = url.protocol.replace("http", "ws");
      const socket = new WebSocket(url);
      const note = (who, words) => {
        const line = document.createElement("li");
        line.className = who;
        line.textContent = words;
        at("talk").append(line);
      };
      const say = words => {
        socket.send(words);
        note("out", words);
      };
      socket.onopen = () => {
        at("state").textContent = "open: the server stays awake for as long as this page is here";
        say("Hello, is anybody there?");
      };
      socket.onmessage = event => note("in", event.data);
      socket.onclose = event => {
        at("state").textContent = "closed with " + event.code + " " + event.reason
            + "; reload the page to begin again";
      };
      at("form").onsubmit = event => {
        event.preventDefault();
        if (socket.readyState === WebSocket.OPEN) {
          say(at("words").value);
          at("words").value = "";
        }
      };
      at("bye").onclick = () => socket.close(1000);
      </script>
      </body>
      </html>
      """;
}
