package spyglass.e2e;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Makes the caches of our own classes once, before the first end-to-end test: the first start after a
 * build does that, and whichever test came first would pay for it. A service file names this class to
 * JUnit, which looks for such files only where the build has it do so: not for the unit tests.
 */
public final class FirstStart implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(FirstStart.class))
        .getOrComputeIfAbsent(FirstStart.class, once -> make());
  }

  private static boolean make() {
    try {
      Tree.of(Launcher.example("hello")).close();
      return true;
    } catch (Exception e) {
      throw new IllegalStateException("no server starts here, so no test of one can run", e);
    }
  }
}
