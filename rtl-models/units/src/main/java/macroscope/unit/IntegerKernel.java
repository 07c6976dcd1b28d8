package macroscope.unit;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The inner loops of integer products, for tiles of {@link #ROWS} rows and one block of columns.
 * Every implementation gives the same bits.
 */
public interface IntegerKernel {

  /** Most rows of a tile. */
  int ROWS = 32;

  /** Columns are filled up to multiples of this: whole vectors on every machine. */
  int STEP = Layout.BLOCK;

  /** What it reads operands as. */
  default IntegerPlanes.Form form() {
    return IntegerPlanes.Form.INTS;
  }

  /**
   * {@code sums[i * width + j] += sum over k in fromK..toK-1 of a[fromRow + i][k] * b[fromColumn +
   * j][k]}, in {@code long} that wraps.
   *
   * @param a left operand in this kernel's form
   * @param rows 1..{@link #ROWS}
   * @param b right operand in this kernel's form
   * @param fromColumn first column, that of a block of {@link OperandShape}
   * @param width columns, a multiple of {@link #STEP}
   */
  void addProducts(
      IntegerPlanes a,
      int fromRow,
      int rows,
      IntegerPlanes b,
      int fromColumn,
      int width,
      int fromK,
      int toK,
      long[] sums);

  /**
   * The fastest kernel of this JVM.
   *
   * @param largestProduct largest magnitude of a product
   * @param otherwise the kernel where no other fits
   */
  static IntegerKernel fastest(long largestProduct, IntegerKernel otherwise) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return otherwise;
    }
    return ServiceLoader.load(Provider.class, IntegerKernel.class.getClassLoader()).stream()
        .flatMap(provider -> provider.get().kernel(largestProduct).stream())
        .findFirst()
        .orElse(otherwise);
  }

  /** Offers kernels on instructions that not every JVM has; found by {@link ServiceLoader}. */
  interface Provider {

    /** A kernel that is exact for products of this magnitude. */
    Optional<IntegerKernel> kernel(long largestProduct);
  }
}
