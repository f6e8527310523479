package spyglass.torture;

/**
 * One request.
 *
 * @param id its number, which the app writes into its book and sends back
 * @param kind of client
 * @param stage what the server was about when it began
 * @param from when that was, as System.nanoTime tells it
 * @param until when it was over
 * @param port the client's end of the connection, or 0 if there was none
 * @param fate what became of it
 * @param detail what is known besides, for whoever has to find out why
 */
record Visit(
    long id, Kind kind, Stage stage, long from, long until, int port, Fate fate, String detail) {

  long millis() {
    return (until - from) / 1_000_000;
  }
}
