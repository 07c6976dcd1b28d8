package macroscope.machine.network;

import macroscope.machine.gpu.Bound;
import macroscope.machine.gpu.GemmOperands;
import macroscope.machine.gpu.Gpu;
import macroscope.machine.gpu.GpuGemm;
import macroscope.machine.gpu.GpuTime;
import macroscope.workload.Gemm;
import macroscope.workload.ModelOperator;

/** Products as kernels of a stream. */
final class ProductKernels {

  private final GpuGemm products;

  ProductKernels(Gpu gpu) {
    this.products = new GpuGemm(gpu);
  }

  KernelEstimate product(ModelOperator operator, Gemm gemm, int batch, GemmOperands operands) {
    GpuTime time = products.time(gemm, batch, operands).orElseThrow();
    String mapping = time.tile() + (time.split() == 1 ? "" : ", split " + time.split());
    Bound bound = time.dramSeconds() > time.computeSeconds() ? Bound.DRAM : time.loop();
    double seconds = time.deviceSeconds() + GpuTime.KERNEL_GAP_SECONDS;
    return new KernelEstimate(operator, seconds, time.dramBytes(), bound, mapping, time.work());
  }
}
