package macroscope.accuracy;

import macroscope.onnx.Node;

/** What one sample says of one node. */
final class ProfileCell {

  /** Sums of squares and the largest difference of two arrays. */
  static final class Sums {
    private double signal;
    private double noise;
    private double largest;

    void add(double[] exact, double[] found) {
      for (int i = 0; i < exact.length; i++) {
        double error = found[i] - exact[i];
        signal += exact[i] * exact[i];
        noise += error * error;
        // Math.max keeps a NaN, as a result that is not finite must show.
        largest = Math.max(largest, Math.abs(error));
      }
    }

    double signal() {
      return signal;
    }

    double noise() {
      return noise;
    }

    double largest() {
      return largest;
    }
  }

  private final Node node;
  private final Sums right = new Sums();
  private final Sums left = new Sums();
  private final Sums injected = new Sums();
  private final Sums accumulated = new Sums();
  private LayerProfile.Shape shape = new LayerProfile.Shape(0, 0, 0, 0);
  private LayerProfile.Formats formats = new LayerProfile.Formats("", "", "", "");
  private int elements;

  ProfileCell(Node node) {
    this.node = node;
  }

  Node node() {
    return node;
  }

  Sums right() {
    return right;
  }

  Sums left() {
    return left;
  }

  Sums injected() {
    return injected;
  }

  Sums accumulated() {
    return accumulated;
  }

  LayerProfile.Shape shape() {
    return shape;
  }

  LayerProfile.Formats formats() {
    return formats;
  }

  int elements() {
    return elements;
  }

  boolean multiplied() {
    return shape.products() > 0;
  }

  /** Notes one more product. */
  void product(int m, int n, int k, LayerProfile.Formats of) {
    shape = new LayerProfile.Shape(shape.products() + 1, m, n, k);
    formats = of;
  }

  /** Notes a result that comes from no product. */
  void result(int rows, int columns, String format) {
    shape = new LayerProfile.Shape(0, rows, columns, 0);
    formats = new LayerProfile.Formats("", "", format, "");
  }

  /** Compares the node's results. */
  void compare(double[] exact, double[] alone, double[] inTheRun) {
    elements += exact.length;
    injected.add(exact, alone);
    accumulated.add(exact, inTheRun);
  }
}
