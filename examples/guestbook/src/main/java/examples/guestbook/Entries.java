package examples.guestbook;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * The entries in an SQLite file that all workers, and all threads in them, use at the same time.
 *
 * <p>Who writes takes a lock on the file, held by the kernel for a process and freed by it when the
 * process dies, however it dies; the others wait up to the busy timeout. In WAL mode new entries go
 * to a second file, {@code guestbook.db-wal}, until they are merged, so that readers need not wait
 * for a writer. Look with {@code ls} while you post in a loop, or at the locks in {@code
 * /proc/locks}. Kill a worker in the middle of it: the next to open the file finds what was
 * committed, all of it and nothing else.
 */
final class Entries {

  /** As many as a page shows. Older ones stay in the file. */
  static final int NEWEST = 100;

  private static final int WAIT_FOR_OTHERS_MS = 10_000;

  private final String url;
  private final SQLiteConfig config = new SQLiteConfig();

  private Entries(Path file) {
    this.url = "jdbc:sqlite:" + file;
    config.setBusyTimeout(WAIT_FOR_OTHERS_MS);
  }

  /** Opens the file, made when it is not there. */
  static Entries in(Path file) throws SQLException {
    Entries entries = new Entries(file);
    try (Connection connection = entries.open();
        Statement statement = connection.createStatement()) {
      // Kept in the file: it is enough to say it once, and harmless to say it again.
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS entry (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            words TEXT NOT NULL,
            written INTEGER NOT NULL)
          """);
    }
    return entries;
  }

  void add(String name, String words) throws SQLException {
    try (Connection connection = open();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO entry (name, words, written) VALUES (?, ?, ?)")) {
      insert.setString(1, name);
      insert.setString(2, words);
      insert.setLong(3, Instant.now().getEpochSecond());
      insert.executeUpdate();
    }
  }

  /** The last ones, newest first. */
  List<Entry> newest() throws SQLException {
    try (Connection connection = open();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT name, words, written FROM entry ORDER BY id DESC LIMIT ?")) {
      select.setInt(1, NEWEST);
      List<Entry> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Instant written = Instant.ofEpochSecond(row.getLong("written"));
          found.add(new Entry(row.getString("name"), row.getString("words"), written));
        }
      }
      return found;
    }
  }

  /** One for each request: no two threads meet on it, and opening a local file costs little. */
  private Connection open() throws SQLException {
    return config.createConnection(url);
  }
}
