package macroscope.unit;

import java.util.ServiceLoader;

/**
 * The inner loops of integer products, for tiles of {@link #ROWS} rows and one block of columns, in
 * {@code int} that wraps. Every implementation gives the same bits.
 */
public interface IntegerKernel {

  /** Most rows of a tile. */
  int ROWS = 32;

  /** Columns are filled up to multiples of this: whole vectors on every machine. */
  int STEP = 64;

  /**
   * {@code sums[i * width + j] += sum over k in fromK..toK-1 of a[fromRow + i][k] * b[fromB + k][j]}.
   *
   * @param rows 1..{@link #ROWS}
   * @param b one array for each k, at least {@code width} long
   * @param fromB index of the array of k = 0
   * @param width columns, a multiple of {@link #STEP}
   */
  void addProducts(
      int[][] a,
      int fromRow,
      int rows,
      int[][] b,
      int fromB,
      int fromK,
      int toK,
      int[] sums,
      int width);

  /** The fastest kernel of this JVM. */
  static IntegerKernel fastest() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainIntegerKernel();
    }
    return ServiceLoader.load(Provider.class, IntegerKernel.class.getClassLoader()).stream()
        .map(provider -> provider.get().kernel())
        .findFirst()
        .orElseGet(PlainIntegerKernel::new);
  }

  /** Offers a kernel on instructions that not every JVM has; found by {@link ServiceLoader}. */
  interface Provider {
    IntegerKernel kernel();
  }
}
