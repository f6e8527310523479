package spyglass.torture;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Random;
import spyglass.e2e.Client.Answer;

/** One client after another, all of one kind, as long as the tide comes and goes. */
final class Visitor implements Runnable {

  private static final int MOST_PAUSE_MILLIS = 300;
  private static final int MOST_REQUESTS = 10;

  private final Scene scene;
  private final Kind kind;
  private final Random random;

  Visitor(Scene scene, Kind kind, Random random) {
    this.scene = scene;
    this.kind = kind;
    this.random = random;
  }

  @Override
  public void run() {
    try {
      while (scene.tide().await()) {
        scene.tide().rest(random.nextInt(MOST_PAUSE_MILLIS));
        visit();
      }
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException("a client failed by itself", e);
    }
  }

  /** One connection. */
  private void visit() throws IOException, InterruptedException {
    int requests = kind == Kind.KEEP_ALIVE ? 1 + random.nextInt(MOST_REQUESTS) : 1;
    long from = System.nanoTime();
    Stage stage = scene.stage();
    Line line;
    try {
      line = new Line(scene.port(), random, kind == Kind.SLOW);
    } catch (ConnectException e) {
      unconnected(stage, from, Fate.UNHEARD, e);
      return;
    } catch (IOException e) {
      unconnected(stage, from, Fate.SILENT, e);
      return;
    }
    try (line) {
      boolean goesOn = true;
      for (int left = requests; left > 0 && goesOn; left--) {
        goesOn = ask(line, stage, from, left == 1);
        if (goesOn && left > 1) {
          // Over low water too: an idle connection must not keep the server awake.
          scene.tide().rest(random.nextInt(MOST_PAUSE_MILLIS));
          goesOn = scene.tide().await() && !line.hasEnded();
          from = System.nanoTime();
          stage = scene.stage();
        }
      }
    }
  }

  private void unconnected(Stage stage, long from, Fate fate, IOException why) {
    scene.add(
        new Visit(scene.nextId(), kind, stage, from, System.nanoTime(), 0, fate, why.toString()));
  }

  /** One request; answers whether there may be another over the same connection. */
  private boolean ask(Line line, Stage stage, long from, boolean last) {
    long id = scene.nextId();
    boolean goesOn = false;
    boolean heard = false;
    Fate fate;
    String detail = "";
    try {
      line.ask(TortureApp.target(kind, id), last);
      line.awaitFirstByte();
      heard = true;
      Answer answer = line.answer();
      fate = fate(answer, id);
      detail = fate == Fate.WRONG ? answer.toString() : "";
      goesOn = fate == Fate.ANSWERED && !answer.field("Connection").equals("close");
    } catch (SocketTimeoutException e) {
      fate = Fate.SILENT;
      detail = e.toString();
    } catch (IOException e) {
      fate = line.isUsed() && !heard ? Fate.CROSSED : Fate.BROKEN;
      detail = e + (heard ? " after the first byte" : "");
    }
    scene.add(new Visit(id, kind, stage, from, System.nanoTime(), line.port(), fate, detail));
    return goesOn;
  }

  private Fate fate(Answer answer, long id) {
    if (answer.status() == 503 && !answer.field("Retry-After").isEmpty()) {
      return Fate.REFUSED;
    }
    boolean right = answer.status() == 200 && answer.body().equals(TortureApp.body(kind, id));
    return right ? Fate.ANSWERED : Fate.WRONG;
  }
}
