package measure.apps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templateresolver.StringTemplateResolver;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * A page as a grown app makes it: rows of a database, through a template, with dates and plurals in the
 * visitor's language, and the same once more as JSON. Twenty megabytes of jars for it.
 */
public final class Heavy implements App {

  private static final String TEMPLATE =
      """
      <!DOCTYPE html>
      <title th:text="${title}"></title>
      <h1 th:text="${count}"></h1>
      <ul><li th:each="entry : ${entries}"><b th:text="${entry.name}"></b>
        <i th:if="${entry.many}" th:text="${entry.visits}"></i></li></ul>
      <p th:text="${today}"></p>
      <script type="application/json" th:utext="${json}"></script>
      """;

  private final TemplateEngine templates = new TemplateEngine();
  private final ObjectMapper json = new ObjectMapper();

  /** An app whose database is in memory and is made with the first request. */
  public Heavy() {
    templates.setTemplateResolver(new StringTemplateResolver());
  }

  /** A row of the database. */
  public record Entry(String name, int visits) {
    /** Whether to say how many. */
    public boolean isMany() {
      return visits > 1;
    }
  }

  @Override
  public Response call(Request request) throws IOException {
    List<Entry> entries = entries();
    ULocale locale = ULocale.forLanguageTag("de-CH");
    String plural = "{0, plural, one {# Eintrag} other {# Einträge}}";
    Context page = new Context(Locale.ROOT);
    page.setVariable("title", "Heavy");
    page.setVariable("entries", entries);
    page.setVariable(
        "count", new MessageFormat(plural, locale).format(Map.of("0", entries.size())));
    DateFormat date = DateFormat.getDateInstance(DateFormat.FULL, locale);
    page.setVariable("today", date.format(0L));
    page.setVariable("json", json.writeValueAsString(entries));
    return Response.html(templates.process(TEMPLATE, page));
  }

  private static List<Entry> entries() throws IOException {
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:heavy");
        Statement statement = database.createStatement()) {
      statement.execute("create table if not exists entry (name varchar(40), visits int)");
      statement.execute("insert into entry values ('one', 1), ('two', 2), ('three', 3)");
      List<Entry> entries = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("select * from entry order by visits desc")) {
        while (rows.next()) {
          entries.add(new Entry(rows.getString("name"), rows.getInt("visits")));
        }
      }
      return entries;
    } catch (SQLException e) {
      throw new IOException("the database in memory", e);
    }
  }
}
