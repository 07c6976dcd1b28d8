package macroscope.workload;

import macroscope.hardware.Widths;

/**
 * The shape of a convolution, its padding included in what it reads.
 *
 * @param batch images
 * @param channels channels of an image, all groups together
 * @param outputs channels that come out, all groups together
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param outHeight windows from top to bottom
 * @param outWidth windows from left to right
 * @param stride rows, and columns, from one window to the next
 * @param groups groups of channels that do not see each other
 */
public record ConvolutionShape(
    int batch,
    int channels,
    int outputs,
    int kernelHeight,
    int kernelWidth,
    int outHeight,
    int outWidth,
    int stride,
    int groups) {

  public ConvolutionShape {
    Widths.positive("batch", batch);
    Widths.positive("kernel height", kernelHeight);
    Widths.positive("kernel width", kernelWidth);
    Widths.positive("output height", outHeight);
    Widths.positive("output width", outWidth);
    Widths.positive("stride", stride);
    Widths.positive("groups", groups);
    divides("channels", channels, groups);
    divides("outputs", outputs, groups);
  }

  private static void divides(String what, int number, int groups) {
    Widths.positive(what, number);
    if (number % groups != 0) {
      throw new IllegalArgumentException(what + " must be a multiple of groups: " + number);
    }
  }

  /** A product of {@code m x k} by {@code k x n}: m images of one pixel, n kernels of one pixel. */
  public static ConvolutionShape of(Gemm gemm) {
    return new ConvolutionShape(gemm.m(), gemm.k(), gemm.n(), 1, 1, 1, 1, 1, 1);
  }

  /** Rows that so many rows of results are computed from. */
  public int inputRows(int outputRows) {
    return stride * (outputRows - 1) + kernelHeight;
  }

  /** Columns that are read. */
  public int inputColumns() {
    return stride * (outWidth - 1) + kernelWidth;
  }

  /** Channels of a group. */
  public int groupChannels() {
    return channels / groups;
  }

  /** Outputs of a group. */
  public int groupOutputs() {
    return outputs / groups;
  }

  /** Multiply-accumulates. */
  public long macs() {
    long window = (long) groupChannels() * kernelHeight * kernelWidth;
    return window * outputs * outHeight * outWidth * batch;
  }
}
