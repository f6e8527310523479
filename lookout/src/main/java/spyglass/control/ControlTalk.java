package spyglass.control;

/**
 * The first line over the control socket, which says who is there: the command, with one order and then
 * nothing more, or the master, who stays.
 */
public final class ControlTalk implements Conversation {

  private static final String MASTER = "master ";

  private final Talk talk;
  private final Hub hub;
  private boolean heard;

  private ControlTalk(Talk talk, Hub hub) {
    this.talk = talk;
    this.hub = hub;
  }

  /** Receives whoever comes through the control socket's door. */
  public static Door.Host host(Hub hub) {
    return new Reception(hub);
  }

  private record Reception(Hub hub) implements Door.Host {
    @Override
    public void admit(Talk talk) {
      talk.about(new ControlTalk(talk, hub));
    }
  }

  @Override
  public void heard(String line) {
    if (heard) {
      return;
    }
    heard = true;
    if (line.startsWith(MASTER)) {
      master(line.substring(MASTER.length()));
      return;
    }
    talk.within(Talk.PATIENCE_MILLIS);
    switch (line) {
      case "status" -> hub.figures(talk::leave);
      case "metrics" -> hub.figures(figures -> talk.leave(Prometheus.text(figures)));
      default -> talk.leave(hub.order(line) + "\n");
    }
  }

  private void master(String pid) {
    if (!pid.matches("[0-9]{1,9}") || !hub.isMaster(Long.parseLong(pid))) {
      talk.leave(Answer.wrong("that is not the master's pid") + "\n");
      return;
    }
    MasterLink link = new MasterLink(talk, hub);
    talk.about(link);
    talk.within(Guest.NEVER);
    hub.connected(link);
  }

  /** He may still listen for the answer; if there was no line, there will be none. */
  @Override
  public void ended() {
    if (!heard) {
      talk.close();
    }
  }

  @Override
  public void overdue() {
    talk.close();
  }
}
