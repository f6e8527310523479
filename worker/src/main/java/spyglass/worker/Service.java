package spyglass.worker;

/** What a worker serves, before there is a loop to serve it with. */
interface Service {

  /** Who takes the connections. */
  Sessions sessions(Server server);
}
