package macroscope.unit;

import static macroscope.hardware.Role.CONTROL;
import static macroscope.hardware.Role.MULTIPLIER;
import static macroscope.hardware.Role.STORAGE;

import java.util.stream.Stream;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.tensor.Sparsity;

/**
 * What sparsity adds to a dense unit: a selector before each multiplier, metadata, and registers for
 * those elements of the dense operand that are not selected.
 */
final class SparseHardware {

  private SparseHardware() {}

  /**
   * @param bits bits of an element of the dense operand
   */
  static Inventory inventory(SparseDotSpec spec, DotProductUnit<?> dense, int bits) {
    Sparsity sparsity = spec.sparsity();
    int products = dense.length();
    int groups = products / sparsity.kept();
    InventoryBuilder parts = new InventoryBuilder();
    parts.add(
        STORAGE,
        "elements not selected",
        new Register(bits),
        groups * (sparsity.group() - sparsity.kept()));
    parts.add(CONTROL, "metadata", new Register(sparsity.metadataBits()), groups);
    parts.add(MULTIPLIER, "operand selector", new Multiplexer(sparsity.cells(), bits), products);
    return new Inventory(
        Stream.concat(parts.build().lines().stream(), dense.inventory().lines().stream()).toList());
  }
}
