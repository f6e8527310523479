package spyglass.http;

import java.time.Instant;

/** An app with something around it, which is called instead of it. */
record Wrapped(App within, App answer) implements App {

  @Override
  public void start(Context context) throws Exception {
    within.start(context);
  }

  @Override
  public Response call(Request request) throws Exception {
    return answer.call(request);
  }

  @Override
  public void sleep(Instant deadline) throws Exception {
    within.sleep(deadline);
  }
}
