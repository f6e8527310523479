package examples.acceptlab;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Some processes of {@link ReusePort}, all on one port. */
final class ReusePortSubject implements Subject {

  private final List<Process> processes = new ArrayList<>();
  private int port;

  private ReusePortSubject() {}

  static ReusePortSubject start(Path lab, int count, int threads) throws IOException {
    ReusePortSubject group = new ReusePortSubject();
    try {
      for (int i = 0; i < count; i++) {
        group.add(lab, threads);
      }
      return group;
    } catch (IOException | RuntimeException e) {
      group.close();
      throw e;
    }
  }

  private void add(Path lab, int threads) throws IOException {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    ProcessBuilder builder =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                lab.toString(),
                ReusePort.class.getName(),
                Integer.toString(port),
                Integer.toString(threads))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = Children.start(builder);
    processes.add(process);
    // Not closed: the process says nothing more, and its end closes the pipe.
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String said = out.readLine();
    if (said == null) {
      throw new IOException("a process of the experiment has not started");
    }
    // The first takes any port; the others join it there.
    port = Integer.parseInt(said.substring(said.lastIndexOf(' ') + 1));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public List<Long> pids() {
    return processes.stream().map(Process::pid).toList();
  }

  @Override
  public void close() {
    processes.forEach(Children::end);
  }
}
