package spyglass.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import spyglass.http.App;
import spyglass.http.Limits;
import spyglass.http.proxy.Trust;
import spyglass.process.Timeline;

/**
 * A worker without a process: its loop on a thread, on a socket of its own, with a master that
 * remembers what it was told.
 *
 * <p>Whatever a test did, when it closes this, the loop must come to its end and the master must have
 * been told that nobody is busy: a request that is counted and never counted down again would keep a
 * real tree awake for ever.
 */
final class TestWorker implements AutoCloseable {

  /** Generous, as the defaults are. */
  static final Bounds BOUNDS =
      new Bounds(240, 10_000, 10_000, 32 << 20, 64 << 10, 64 << 10, 1_000, 256 << 10);

  /** Waits longer than any test. */
  static final Settings PATIENT =
      new Settings(
          8,
          Trust.NOBODY,
          false,
          "",
          Limits.DEFAULT,
          new Clocks(
              Duration.ofSeconds(10),
              Duration.ofSeconds(20),
              Duration.ofSeconds(20),
              Duration.ofSeconds(60),
              Duration.ofSeconds(20),
              Duration.ofSeconds(60),
              Duration.ofSeconds(30),
              Duration.ofSeconds(2)),
          BOUNDS);

  private final ByteArrayOutputStream master = new ByteArrayOutputStream();
  private final AtomicBoolean orphaned = new AtomicBoolean();
  private final ServerSocketChannel listener;
  private final Heartbeat heartbeat;
  private final Loop loop;
  private final FutureTask<Boolean> running;

  TestWorker(App app) throws IOException {
    this(PATIENT, app);
  }

  TestWorker(Settings settings, App app) throws IOException {
    this(settings, new HttpService(app));
  }

  TestWorker(Settings settings, Service service) throws IOException {
    this(listen(), settings, service);
  }

  private TestWorker(ServerSocketChannel listener, Settings settings, Service service)
      throws IOException {
    this.listener = listener;
    heartbeat = new Heartbeat(master, Timeline.none("Worker"), false);
    loop = new Loop(new SharedDoor(listener), service, settings, heartbeat, orphaned::get);
    heartbeat.ready();
    running = new FutureTask<>(this::serve);
    Thread.ofPlatform().name("loop").start(running);
  }

  private boolean serve() throws IOException {
    return loop.run();
  }

  private static ServerSocketChannel listen() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return ServerSocketChannel.open().bind(anyPort, 1024);
  }

  /** Another worker on the same socket. */
  TestWorker next(App app) throws IOException {
    return new TestWorker(listener, PATIENT, new HttpService(app));
  }

  static Settings settings(int threads, Clocks clocks, Bounds bounds) {
    return new Settings(threads, Trust.NOBODY, false, "", Limits.DEFAULT, clocks, bounds);
  }

  /** Patient, but not with who connects and says nothing. */
  static Clocks withFirstByte(Duration firstByte) {
    return with(PATIENT.clocks().drain(), firstByte);
  }

  /** Patient, but not with who is not finished when all are to leave. */
  static Clocks withDrain(Duration drain) {
    return with(drain, PATIENT.clocks().firstByte());
  }

  private static Clocks with(Duration drain, Duration firstByte) {
    Clocks c = PATIENT.clocks();
    return new Clocks(
        drain, firstByte, c.head(), c.keepAlive(), c.stall(), c.request(), c.stuck(), c.linger());
  }

  static Settings withThreads(int threads) {
    return with(threads, Trust.NOBODY, false);
  }

  static Settings trusting(Trust trust) {
    return with(PATIENT.threads(), trust, false);
  }

  /** Each connection must begin with a PROXY header. */
  static Settings proxied(Trust trust) {
    return with(PATIENT.threads(), trust, true);
  }

  /** Health checks are answered here. */
  static Settings probedAt(String path, int threads) {
    Settings p = PATIENT;
    return new Settings(threads, Trust.NOBODY, false, path, p.limits(), p.clocks(), p.bounds());
  }

  private static Settings with(int threads, Trust trust, boolean proxied) {
    Settings p = PATIENT;
    return new Settings(threads, trust, proxied, "", p.limits(), p.clocks(), p.bounds());
  }

  Client connect() throws IOException {
    return new Client(((InetSocketAddress) listener.getLocalAddress()).getPort());
  }

  void drain() {
    loop.drain("a test wants it");
  }

  /** As if the master had sent TERM. */
  void term() {
    loop.drain("told by a test");
  }

  /** The alarm. */
  void cut() {
    loop.cut();
  }

  /** As if the master had been killed. */
  void orphan() {
    orphaned.set(true);
  }

  boolean hasEnded() {
    return running.isDone();
  }

  /** The beats that the master was told so far. */
  String told() {
    return heard().replaceAll("=\\d+ \\d+\n", "");
  }

  /** All that the master was told so far, with the counts. */
  String heard() {
    return master.toString(StandardCharsets.US_ASCII);
  }

  /** From now on these orders are for this worker. */
  boolean listensTo(Termination termination) {
    return termination.accepting(loop);
  }

  /** Waits for the loop to end by itself. */
  void awaitEnd() {
    try {
      running.get(15, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("the loop did not end well", e);
    }
  }

  /** Waits for something to come true. */
  static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("in vain: " + what);
      }
      pause();
    }
  }

  /** A moment between two looks. */
  static void pause() {
    LockSupport.parkNanos(1_000_000);
  }

  @Override
  public void close() throws IOException {
    drain();
    awaitEnd();
    await(
        "the master is told that nobody is busy",
        () -> told().replace("l", "").matches("r|.*[),]"));
    heartbeat.close();
    listener.close();
  }
}
