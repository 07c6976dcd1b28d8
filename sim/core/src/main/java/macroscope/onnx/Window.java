package macroscope.onnx;

import java.util.Arrays;

/**
 * A window that slides over images in the layout batch, channel, height, width; lines (batch, channel,
 * length) are images one pixel high.
 *
 * @param batch images
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 * @param outputs channels that come out
 * @param groups parts of the channels that do not see each other
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideY rows from one window to the next
 * @param strideX columns from one window to the next
 * @param padTop rows of padding above
 * @param padLeft columns of padding on the left
 * @param padBottom rows of padding below
 * @param padRight columns of padding on the right
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
    int groups,
    int kernelHeight,
    int kernelWidth,
    int strideY,
    int strideX,
    int padTop,
    int padLeft,
    int padBottom,
    int padRight,
    int dilationY,
    int dilationX,
    int outHeight,
    int outWidth) {
  private static final int LARGEST = 65_535;

  /** The window of a pooling. */
  static Window ofPooling(Call call) {
    int[] x = call.shape(0);
    call.require(x.length == 3 || x.length == 4, "images must have three or four axes", x);
    call.require(call.attributes().has("kernel_shape"), "kernel_shape must be given");
    int[] kernel = list(call, "kernel_shape", 1, ones(x.length - 2));
    return sliding(call, x, x[1], 1, kernel);
  }

  /** The window of a convolution by weights [outputs, channels of a group, kernel]. */
  static Window ofConvolution(Call call, int[] x, int[] weight) {
    call.require(x.length == 3 || x.length == 4, "images must have three or four axes", x, weight);
    call.require(weight.length == x.length, "weights must have as many axes", x, weight);
    int group = call.attributes().integer("group", 1);
    boolean parts = group > 0 && x[1] == (long) weight[1] * group && weight[0] % group == 0;
    call.require(parts, "channels must agree, groups " + group, x, weight);
    int[] kernel = Arrays.copyOfRange(weight, 2, weight.length);
    int[] stated = call.attributes().integers("kernel_shape", kernel);
    call.require(
        Arrays.equals(stated, kernel),
        "kernel_shape must be that of the weights: " + Arrays.toString(stated));
    return sliding(call, x, weight[0], group, kernel);
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Window sliding(Call call, int[] x, int outputs, int groups, int[] kernel) {
    int axes = kernel.length;
    int[] strides = list(call, "strides", 1, ones(axes));
    int[] dilations = list(call, "dilations", 1, ones(axes));
    int[] pads = list(call, "pads", 0, new int[2 * axes]);
    String padding = call.attributes().text("auto_pad", "NOTSET");
    boolean ceil = call.attributes().integer("ceil_mode", 0) != 0;
    int[] out = new int[axes];
    for (int i = 0; i < axes; i++) {
      int reach = Math.addExact(Math.multiplyExact(dilations[i], kernel[i] - 1), 1);
      int length = x[2 + i];
      switch (padding) {
        case "NOTSET" -> {}
        case "VALID" -> pads[i] = pads[axes + i] = 0;
        case "SAME_UPPER", "SAME_LOWER" -> {
          int windows = (length + strides[i] - 1) / strides[i];
          int missing = Math.max(0, (windows - 1) * strides[i] + reach - length);
          pads[i] = (missing + (padding.equals("SAME_LOWER") ? 1 : 0)) / 2;
          pads[axes + i] = missing - pads[i];
        }
        default ->
            throw call.refuse(
                "auto_pad must be NOTSET, VALID, SAME_UPPER or SAME_LOWER: " + padding);
      }
      long room = (long) length + pads[i] + pads[axes + i] - reach;
      call.require(room >= 0 && length > 0, "the window must fit", x);
      out[i] = windows(room, strides[i], ceil, (long) length + pads[i]);
    }
    boolean line = axes == 1;
    int last = axes - 1;
    return new Window(
        x[0],
        x[1],
        line ? 1 : x[2],
        x[x.length - 1],
        outputs,
        groups,
        line ? 1 : kernel[0],
        kernel[last],
        line ? 1 : strides[0],
        strides[last],
        line ? 0 : pads[0],
        pads[last],
        line ? 0 : pads[axes],
        pads[axes + last],
        line ? 1 : dilations[0],
        dilations[last],
        line ? 1 : out[0],
        out[last]);
  }

  /** With {@code ceil_mode} one more window at the end, unless it would begin in the padding there. */
  private static int windows(long room, int stride, boolean ceil, long end) {
    long windows = (ceil ? (room + stride - 1) / stride : room / stride) + 1;
    return Math.toIntExact(ceil && (windows - 1) * stride >= end ? windows - 1 : windows);
  }

  private static int[] list(Call call, String name, int least, int[] otherwise) {
    int[] values = call.attributes().integers(name, otherwise);
    boolean valid =
        values.length == otherwise.length
            && Arrays.stream(values).allMatch(v -> v >= least && v <= LARGEST);
    String rule = name + " must be " + otherwise.length + " numbers of " + least + ".." + LARGEST;
    call.require(valid, rule, values);
    return values.clone();
  }

  /** Windows on one image. */
  public int positions() {
    return outHeight * outWidth;
  }

  /** Elements under a window that one output sees: channels of a group times kernel. */
  public int taps() {
    return channels / groups * kernelHeight * kernelWidth;
  }

  /** Elements of one image. */
  int imageSize() {
    return channels * height * width;
  }

  /** Shape of what comes out, with as many channels, for images with so many axes. */
  int[] shape(int outChannels, int axes) {
    return axes == 3
        ? new int[] {batch, outChannels, outWidth}
        : new int[] {batch, outChannels, outHeight, outWidth};
  }
}
