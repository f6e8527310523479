package spyglass.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What docs/contributing.md promises of Maven's command line, as far as the pom decides it. */
class BuildTest {

  private static String pom(String path) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Checked.ROOT.resolve("pom.xml").toFile());
    return XPathFactory.newInstance().newXPath().evaluate(path, pom);
  }

  /** The plugin of the end-to-end tests does not look at that property by itself any more. */
  @Test
  void skipTestsSkipsTheEndToEndTestsToo() throws Exception {
    String plugin = "//pluginManagement//plugin[artifactId='maven-failsafe-plugin']";
    assertEquals("${skipTests}", pom(plugin + "/configuration/skipTests"));
    assertEquals("false", pom("/project/properties/skipTests"));
  }
}
