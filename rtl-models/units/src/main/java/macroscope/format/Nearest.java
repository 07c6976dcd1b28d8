package macroscope.format;

import java.util.function.ToIntFunction;

/** The double nearest to a number that is known by comparing with it only. */
final class Nearest {

  private Nearest() {}

  /**
   * The nearest double to a positive number; of two, the lower.
   *
   * @param near a double a few ulps off
   * @param side where a value lies: negative below the number, 0 at it, positive above
   */
  static double to(double near, ToIntFunction<Value> side) {
    double below = near;
    while (side.applyAsInt(Value.of(below)) > 0) {
      below = Math.nextDown(below);
    }
    double above = Math.nextUp(below);
    while (side.applyAsInt(Value.of(above)) <= 0) {
      below = above;
      above = Math.nextUp(below);
    }
    Value middle = Value.midpoint(Value.of(below), Value.of(above));
    return side.applyAsInt(middle) < 0 ? above : below;
  }
}
