package macroscope.hardware;

/**
 * Bits that change from one pass of a unit to the next, on the mean, where its parts read their inputs.
 *
 * @param operands registers of both operands
 * @param products significands of products with their signs, or products of integers
 * @param terms what the adder tree adds: products in fixed point, or aligned and truncated
 * @param sums the accumulator
 */
public record Activity(double operands, double products, double terms, double sums) {

  public Activity {
    require("operands", operands);
    require("products", products);
    require("terms", terms);
    require("sums", sums);
  }

  /** Counted toggles over so many passes, at least one. */
  public static Activity ofCounts(
      long passes, long operands, long products, long terms, long sums) {
    Widths.inRange("passes", (int) Math.min(passes, Integer.MAX_VALUE), 1, Integer.MAX_VALUE);
    double each = 1.0 / passes;
    return new Activity(operands * each, products * each, terms * each, sums * each);
  }

  private static void require(String name, double toggles) {
    if (!(toggles >= 0 && toggles < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "toggles of " + name + " must be finite and at least 0: " + toggles);
    }
  }

  /** This activity as a fraction of another; 0 where nothing toggles there either. */
  public Activity relativeTo(Activity other) {
    return new Activity(
        ratio(operands, other.operands),
        ratio(products, other.products),
        ratio(terms, other.terms),
        ratio(sums, other.sums));
  }

  private static double ratio(double toggles, double others) {
    return toggles == 0 ? 0 : toggles / others;
  }

  /** The mean of this and another, weighted; weights are at least 0 and their sum is above 0. */
  public Activity mean(double weight, Activity other, double otherWeight) {
    double sum = weight + otherWeight;
    return new Activity(
        (operands * weight + other.operands * otherWeight) / sum,
        (products * weight + other.products * otherWeight) / sum,
        (terms * weight + other.terms * otherWeight) / sum,
        (sums * weight + other.sums * otherWeight) / sum);
  }
}
