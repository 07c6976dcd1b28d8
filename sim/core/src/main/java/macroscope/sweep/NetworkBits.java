package macroscope.sweep;

import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import macroscope.accuracy.Quantization;
import macroscope.machine.StorageBits;
import macroscope.unit.DotProductUnit;
import macroscope.unit.UnitSpec;
import macroscope.workload.Gemm;
import macroscope.workload.LinearLayer;
import macroscope.workload.ProductLayer;

/** Bits of a design point's operands, over all layers of the network. */
final class NetworkBits {

  private NetworkBits() {}

  /** Mean bits of a weight as its unit reads it, shares of scales included. */
  static double perWeight(DesignPoint point) {
    return mean(
        point,
        Gemm::n,
        (own, gemm) -> StorageBits.ofWeights(spec(point, own), own.weights(), gemm));
  }

  /** Bytes of all weights, scales included. */
  static double weightBytes(DesignPoint point) {
    double weights =
        point.workload().linearLayers().stream()
            .mapToDouble(layer -> (double) layer.gemm().n() * layer.gemm().k())
            .sum();
    return perWeight(point) * weights / Byte.SIZE;
  }

  /** Mean bits of an activation, shares of scales included. */
  static double perActivation(DesignPoint point) {
    return mean(
        point, Gemm::m, (own, gemm) -> own.activations().bitsPerElement(gemm.m(), gemm.k()));
  }

  /**
   * Bit operations of a batch: for each multiply-accumulate the product of the widths of its operands'
   * elements, the measure of HAWQ-V3 (Yao et al., arXiv 2011.10680).
   */
  static double operations(DesignPoint point) {
    Quantization all = point.formats();
    double sum = 0;
    for (ProductLayer layer : point.workload().products()) {
      Quantization own = all.of(layer.name());
      int left = own.activations().element().bits();
      int right = layer.weights() ? own.weights().element().bits() : left;
      sum += (double) layer.macs() * left * right;
    }
    return sum;
  }

  private static UnitSpec spec(DesignPoint point, Quantization layer) {
    return layer.unit().map(DotProductUnit::spec).orElse(point.unit());
  }

  /** Mean over all elements of the operand, whose matrices are rows x K. */
  private static double mean(
      DesignPoint point, ToDoubleFunction<Gemm> rows, ToDoubleBiFunction<Quantization, Gemm> each) {
    double bits = 0;
    double elements = 0;
    Quantization all = point.formats();
    for (LinearLayer layer : point.workload().linearLayers()) {
      Gemm gemm = layer.gemm();
      double count = rows.applyAsDouble(gemm) * gemm.k();
      bits += count * each.applyAsDouble(all.of(layer.node()), gemm);
      elements += count;
    }
    return bits / elements;
  }
}
