package examples.dmq.stats;

/** What a request asks for, in either protocol. */
public enum Kind {
  PUSH("Push"),
  PUSH_MULTI("PushMulti"),
  PRODUCE("Produce"),
  PRODUCE_MULTI("ProduceMulti"),
  POP("Pop"),
  CONSUME("Consume"),
  GET_CHANNELS("GetChannels"),
  GET_CHANNEL_SIZE("GetChannelSize"),
  GET_SIZE("GetSize"),
  GET_NUM_CONNECTIONS("GetNumConnections"),
  REMOVE_CHANNEL("RemoveChannel"),
  /** What only the HTTP face has: the page, statistics, metrics, deliveries. */
  OTHER("Other");

  private final String text;

  Kind(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
