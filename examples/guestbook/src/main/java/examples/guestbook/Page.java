package examples.guestbook;

import java.util.List;

/** The page, in one piece: a page that loads nothing else costs a sleeping server one request. */
final class Page {

  /** The style in the page and a form that posts to it; nothing else may load or run. */
  static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  private Page() {}

  static String of(List<Entry> entries, Form form, String complaint) {
    StringBuilder list = new StringBuilder();
    for (Entry entry : entries) {
      list.append(article(entry));
    }
    if (entries.isEmpty()) {
      list.append("<p class=\"quiet\">Nobody has written yet. Be the first!</p>\n");
    }
    String alert = complaint.isEmpty() ? "" : "<p role=\"alert\">" + escape(complaint) + "</p>\n";
    return PAGE.formatted(
        STYLE,
        alert,
        Form.LONGEST_NAME,
        escape(form.name()),
        Form.LONGEST_WORDS,
        escape(form.words()),
        list,
        ProcessHandle.current().pid());
  }

  private static String article(Entry entry) {
    String iso = entry.written().toString();
    String day = iso.substring(0, 10);
    String time = iso.substring(11, 16);
    return ENTRY.formatted(escape(entry.name()), iso, day, time, escape(entry.words()));
  }

  /** What a visitor wrote must stay text, in an element and in an attribute's quotes alike. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  @SuppressWarnings("InlineFormatString") // a page is easier to read on its own
  private static final String ENTRY =
      """
      <article>
      <h3 dir="auto">%s</h3>
      <time datetime="%s">%s, %s UTC</time>
      <p dir="auto">%s</p>
      </article>
      """;

  @SuppressWarnings("InlineFormatString") // a page is easier to read on its own
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,">
      <title>Guestbook</title>
      <style>
      %s</style>
      </head>
      <body>
      <header>
      <h1>Guestbook</h1>
      <p class="quiet">Nice that you came by. Leave a few words.</p>
      </header>
      <main>
      <form method="post" action="/">
      %s<label for="name">Your name</label>
      <input id="name" name="name" required maxlength="%d" autocomplete="name" dir="auto"
        value="%s">
      <label for="words">Your words</label>
      <textarea id="words" name="words" required maxlength="%d" rows="4" dir="auto">
      %s</textarea>
      <button>Sign the guestbook</button>
      </form>
      <section aria-labelledby="entries">
      <h2 id="entries">Who has been here</h2>
      %s</section>
      </main>
      <footer>
      <p>Process %d made this page. When nobody visits for a while it ends, and the app sleeps;
      the next visitor wakes it. The entries wait in a file.</p>
      </footer>
      </body>
      </html>
      """;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #22252b; --paper: #fbf9f4; --card: #fff;
        --line: #d9d4c7; --quiet: #666259; --accent: #1c5f8a; --on-accent: #fff; --bad: #a3221b; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --paper: #17191d;
        --card: #20242a; --line: #3a3f47; --quiet: #a5a299; --accent: #7cc0ec;
        --on-accent: #10222e; --bad: #ff9c94; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 40rem; padding: 1.5rem 1rem 3rem; color: var(--ink);
        background: var(--paper); font: 1rem/1.55 system-ui, sans-serif; }
      h1, h2, h3 { line-height: 1.2; font-family: Georgia, serif; }
      h1 { margin: 0; font-size: 2.2rem; }
      h2 { margin: 2.5rem 0 1rem; font-size: 1.3rem; }
      h3 { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; }
      .quiet, time, footer { color: var(--quiet); }
      header p { margin: .3rem 0 1.5rem; }
      form, article { padding: 1rem; background: var(--card); border: 1px solid var(--line);
        border-radius: .6rem; }
      article { margin-bottom: .8rem; }
      article p { margin: .5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
      time, footer { font-size: .85rem; }
      label { display: block; margin-bottom: .25rem; font-weight: 600; }
      input, textarea { display: block; width: 100%; margin-bottom: 1rem; padding: .55rem .65rem;
        color: inherit; background: var(--paper); border: 1px solid var(--quiet);
        border-radius: .4rem; font: inherit; }
      textarea { resize: vertical; }
      button { padding: .6rem 1.1rem; color: var(--on-accent); background: var(--accent);
        border: 0; border-radius: .4rem; font: inherit; font-weight: 600; cursor: pointer; }
      :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
      [role=alert] { margin: 0 0 1rem; color: var(--bad); font-weight: 600; }
      footer { margin-top: 2.5rem; border-top: 1px solid var(--line); }
      """;
}
