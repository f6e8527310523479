package spyglass.master;

import java.util.List;

/**
 * The order to accept one connection. It is out until it is answered, by a connection or, after it was
 * withdrawn, by none; so there is never more than one.
 */
final class Invitation {

  private boolean out;
  private boolean withdrawn;

  /** Whether a connection may come, or the word that none will. */
  boolean isOut() {
    return out;
  }

  /** It was answered. */
  void answered() {
    out = false;
    withdrawn = false;
  }

  /** What is to be done so that it is out if it is wanted, and is not if it is not. */
  List<Order> want(boolean wanted) {
    if (wanted && !out) {
      out = true;
      return List.of(new Order.Accept());
    }
    if (!wanted && out && !withdrawn) {
      withdrawn = true;
      return List.of(new Order.Withdraw());
    }
    return List.of();
  }
}
