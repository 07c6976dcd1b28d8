package macroscope.machine.network;

import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuGemm;
import macroscope.machine.gpu.GpuTime;
import macroscope.machine.gpu.MixedGemm;
import macroscope.machine.gpu.OperandType;
import macroscope.workload.Gemm;
import macroscope.workload.ModelOperator;

/** Products as kernels of a stream. */
final class ProductKernels {

  private final Gpu gpu;
  private final GpuGemm products;

  ProductKernels(Gpu gpu) {
    this.gpu = gpu;
    this.products = new GpuGemm(gpu);
  }

  /** By weights, a share of whose channels is multiplied in int8 beside int4. */
  KernelEstimate mixed(ModelOperator.Projection operator, Precision precision, double wideShare) {
    GemmOperands narrow = precision.projection(operator);
    GemmOperands wide =
        new GemmOperands(
            OperandType.INT8,
            narrow.aBits() + OperandType.INT8.bits() - OperandType.INT4.bits(),
            narrow.bBits(),
            narrow.outputBits());
    GpuTime time =
        new MixedGemm(gpu, narrow, wide, wideShare)
            .time(operator.gemm())
            .orElseThrow(
                () -> new IllegalArgumentException(gpu.name() + " does not multiply int8"));
    return kernel(operator, time, operator.matrices());
  }

  KernelEstimate product(ModelOperator operator, Gemm gemm, int batch, GemmOperands operands) {
    return kernel(operator, products.time(gemm, batch, operands).orElseThrow(), 1);
  }

  private KernelEstimate kernel(ModelOperator operator, GpuTime time, int times) {
    double seconds = times * (time.deviceSeconds() + gpu.kernelGapSeconds());
    return new KernelEstimate(
        operator,
        seconds,
        times * time.dramBytes(),
        time.deviceBound(),
        time.mapping(),
        time.work().times(times));
  }
}
