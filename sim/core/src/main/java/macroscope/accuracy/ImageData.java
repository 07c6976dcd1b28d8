package macroscope.accuracy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import macroscope.input.InputException;

/**
 * Images and labels in the IDX format of the MNIST database, plain or gzip'd: unsigned bytes, lengths
 * big-endian (http://yann.lecun.com/exdb/mnist). A pixel enters as {@code (float) pixel / 255f}, the
 * binary32 quotient that training used.
 */
public final class ImageData implements Dataset {
  private static final int BYTES = 8; // IDX element type: unsigned byte
  private static final String IMAGES = "images-idx3";
  private static final String LABELS = "labels-idx1";

  private final String name;
  private final int sampleSize;
  private final byte[] pixels;
  private final byte[] labels;

  private ImageData(String name, int sampleSize, byte[] pixels, byte[] labels) {
    this.name = name;
    this.sampleSize = sampleSize;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** Images of a file, with the labels beside it: {@code images-idx3} becomes {@code labels-idx1}. */
  public static ImageData read(Path images) {
    Path file = images.getFileName();
    if (file == null || !file.toString().contains(IMAGES)) {
      throw new InputException(
          images.toString(), "the name must contain " + IMAGES + ", so that the labels are found");
    }
    Path labels = images.resolveSibling(file.toString().replace(IMAGES, LABELS));
    return read(images.toString(), bytes(images), labels.toString(), bytes(labels));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException(file.toString(), "a file that can be read is needed", e);
    }
  }

  /** Images and labels from the bytes of two files, named as messages shall name them. */
  static ImageData read(String name, byte[] imageFile, String labelName, byte[] labelFile) {
    ByteBuffer images = ByteBuffer.wrap(unzipped(name, imageFile));
    ByteBuffer labels = ByteBuffer.wrap(unzipped(labelName, labelFile));
    int[] shape = header(name, images, 3);
    int[] count = header(labelName, labels, 1);
    if (shape[0] != count[0]) {
      throw new InputException(
          labelName, "labels must number as many as images, " + shape[0] + ": " + count[0]);
    }
    return new ImageData(name, shape[1] * shape[2], rest(images), rest(labels));
  }

  private static byte[] unzipped(String name, byte[] file) {
    boolean gzip = file.length > 1 && file[0] == 0x1f && file[1] == (byte) 0x8b; // RFC 1952
    if (!gzip) {
      return file;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InputException(name, "the gzip stream is damaged: " + e.getMessage(), e);
    }
  }

  private static int[] header(String name, ByteBuffer file, int rank) {
    int expected = BYTES << 8 | rank;
    if (file.remaining() < 4 + 4 * rank || file.getInt() != expected) {
      throw new InputException(name, "not an IDX file of unsigned bytes with " + rank + " axes");
    }
    int[] shape = new int[rank];
    long size = 1;
    for (int axis = 0; axis < rank; axis++) {
      shape[axis] = file.getInt();
      size = shape[axis] < 1 || size > Integer.MAX_VALUE ? -1 : size * shape[axis];
    }
    if (size != file.remaining()) {
      throw new InputException(
          name, Arrays.toString(shape) + " does not match the bytes left: " + file.remaining());
    }
    return shape;
  }

  private static byte[] rest(ByteBuffer file) {
    byte[] rest = new byte[file.remaining()];
    file.get(rest);
    return rest;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int sampleSize() {
    return sampleSize;
  }

  @Override
  public int targets() {
    return 1;
  }

  @Override
  public void input(int sample, double[] out, int at) {
    for (int i = 0; i < sampleSize; i++) {
      out[at + i] = (pixels[sample * sampleSize + i] & 0xFF) / 255f;
    }
  }

  @Override
  public int target(int sample, int position) {
    return labels[sample] & 0xFF;
  }

  @Override
  public int largestTarget() {
    int largest = 0;
    for (byte label : labels) {
      largest = Math.max(largest, label & 0xFF);
    }
    return largest;
  }

  @Override
  public String digest() {
    return Digest.of(pixels, labels);
  }
}
