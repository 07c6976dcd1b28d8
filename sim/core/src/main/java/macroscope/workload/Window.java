package macroscope.workload;

import java.util.Arrays;
import macroscope.input.InputException;

/**
 * A window that slides over images in the layout batch, channel, height, width.
 *
 * @param batch images
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 * @param outputs channels that come out
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideY rows from one window to the next
 * @param strideX columns from one window to the next
 * @param padTop rows of padding above
 * @param padLeft columns of padding on the left
 * @param dilationY rows between two taps
 * @param dilationX columns between two taps
 * @param outHeight windows from top to bottom
 * @param outWidth windows from left to right
 */
public record Window(
    int batch,
    int channels,
    int height,
    int width,
    int outputs,
    int kernelHeight,
    int kernelWidth,
    int strideY,
    int strideX,
    int padTop,
    int padLeft,
    int dilationY,
    int dilationX,
    int outHeight,
    int outWidth) {

  private static final int LARGEST = 65_535;

  /** The window of a MaxPool. */
  public static Window of(Graph graph, Node node, int[] x) {
    require(graph, node, x.length == 4, "images must have four axes: " + Arrays.toString(x));
    Attributes attributes = node.attributes();
    require(graph, node, attributes.integer("ceil_mode", 0) == 0, "ceil_mode must be 0");
    require(graph, node, attributes.has("kernel_shape"), "kernel_shape must be given");
    return sliding(graph, node, x, x[1], list(graph, node, "kernel_shape", 1, 1, 1));
  }

  /** The window of a Conv with weights [outputs, channels, kernel height, kernel width]. */
  public static Window of(Graph graph, Node node, int[] x, int[] weight) {
    String shapes = Arrays.toString(x) + " and " + Arrays.toString(weight);
    require(graph, node, x.length == 4, "images must have four axes: " + shapes);
    require(graph, node, weight.length == 4, "weights must have four axes: " + shapes);
    int group = node.attributes().integer("group", 1);
    require(graph, node, group == 1, "group must be 1: " + group);
    require(graph, node, weight[1] == x[1], "channels must agree: " + shapes);
    int[] kernel = {weight[2], weight[3]};
    int[] stated = node.attributes().integers("kernel_shape", kernel);
    require(
        graph,
        node,
        Arrays.equals(stated, kernel),
        "kernel_shape must be that of the weights: " + Arrays.toString(stated));
    return sliding(graph, node, x, weight[0], kernel);
  }

  private static Window sliding(Graph graph, Node node, int[] x, int outputs, int[] kernel) {
    String padding = node.attributes().text("auto_pad", "NOTSET");
    require(
        graph,
        node,
        padding.equals("NOTSET") || padding.equals("VALID"),
        "auto_pad must be NOTSET or VALID: " + padding);
    int[] strides = list(graph, node, "strides", 1, 1, 1);
    int[] dilations = list(graph, node, "dilations", 1, 1, 1);
    int[] pads = list(graph, node, "pads", 0, 0, 0, 0, 0);
    int[] out = new int[2];
    for (int i = 0; i < 2; i++) {
      long reach = (long) dilations[i] * (kernel[i] - 1) + 1;
      long room = (long) x[2 + i] + pads[i] + pads[2 + i] - reach;
      require(graph, node, room >= 0, "the window must fit: " + Arrays.toString(x));
      out[i] = Math.toIntExact(room / strides[i] + 1);
    }
    return new Window(
        x[0],
        x[1],
        x[2],
        x[3],
        outputs,
        kernel[0],
        kernel[1],
        strides[0],
        strides[1],
        pads[0],
        pads[1],
        dilations[0],
        dilations[1],
        out[0],
        out[1]);
  }

  private static int[] list(Graph graph, Node node, String name, int least, int... otherwise) {
    int[] values = node.attributes().integers(name, otherwise);
    boolean valid =
        values.length == otherwise.length
            && Arrays.stream(values).allMatch(v -> v >= least && v <= LARGEST);
    require(
        graph,
        node,
        valid,
        name
            + " must be "
            + otherwise.length
            + " numbers of "
            + least
            + ".."
            + LARGEST
            + ": "
            + Arrays.toString(values));
    return values;
  }

  private static void require(Graph graph, Node node, boolean holds, String rule) {
    if (!holds) {
      throw new InputException(graph.place(node), rule);
    }
  }

  /** Windows on one image. */
  public int positions() {
    return outHeight * outWidth;
  }

  /** Elements under a window: channels times kernel. */
  public int taps() {
    return channels * kernelHeight * kernelWidth;
  }

  /** Elements of one image. */
  public int imageSize() {
    return channels * height * width;
  }

  /** Shape of what a convolution gives. */
  int[] convolved() {
    return new int[] {batch, outputs, outHeight, outWidth};
  }

  /** Shape of what pooling gives. */
  int[] pooled() {
    return new int[] {batch, channels, outHeight, outWidth};
  }
}
