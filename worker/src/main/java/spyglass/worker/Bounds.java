package spyglass.worker;

/**
 * What one client may cost a worker, apart from the size of a request.
 *
 * @param leastRate bytes a second at which a body must come and an answer be taken; 0 for any
 * @param connections open at once; those beyond wait in the backlog
 * @param requests over one connection, which is closed in order after the last
 * @param buffered bytes of requests not whole yet that all clients together may have waiting
 * @param message bytes that a protocol may leave waiting for the rest of a message
 * @param outbox bytes that wait for one client to take them
 * @param messages of all connections that may wait for a thread
 * @param skipped bytes of a body the app left unread that are read for it to save the connection
 */
record Bounds(
    long leastRate,
    int connections,
    int requests,
    long buffered,
    int message,
    int outbox,
    int messages,
    int skipped) {}
