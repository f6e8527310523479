package spyglass.master;

import java.util.ArrayList;
import java.util.List;

/** What one does with lists of orders. */
final class Orders {

  private Orders() {}

  /** These, and then those. */
  static List<Order> both(List<Order> these, List<Order> those) {
    List<Order> orders = new ArrayList<>(these);
    orders.addAll(those);
    return orders;
  }
}
