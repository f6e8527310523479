package spyglass.lookout;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import spyglass.worker.Accept;

/**
 * The command line, checked.
 *
 * @param jar the app's jar
 * @param app the class to use of it, or null for the one it offers
 * @param protocol what connections speak
 * @param protocolOptions what protocols are told, by protocol and option: {@code echo.max-line}
 * @param engine what carries connections: loop or thread
 * @param listen where
 * @param backlog connections the kernel keeps for us while nobody accepts them
 * @param workers processes that answer
 * @param threads requests in the app at once, for each worker
 * @param heap bytes that a worker's heap may take
 * @param timeout seconds without a visitor until all but the lookout leave
 * @param drain seconds for what was accepted to finish when all must leave
 * @param wakeDeadline seconds for a worker to start
 * @param accept who takes connections out of the kernel's queue
 * @param trust whose word about their clients is believed, as addresses and networks
 * @param proxyProtocol whether each connection begins with a header that says whose it is
 * @param limits what a worker is told by the same names, in bytes, seconds or pieces
 * @param verbosity 0, 1 for -v, 2 for -vv
 */
record Options(
    Path jar,
    @Nullable String app,
    String protocol,
    Map<String, String> protocolOptions,
    String engine,
    Endpoint listen,
    int backlog,
    int workers,
    int threads,
    long heap,
    int timeout,
    int drain,
    int wakeDeadline,
    Accept accept,
    String trust,
    boolean proxyProtocol,
    Map<String, Long> limits,
    int verbosity) {}
