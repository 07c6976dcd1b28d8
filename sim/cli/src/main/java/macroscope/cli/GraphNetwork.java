package macroscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.MavenModel;
import macroscope.accuracy.Model;
import macroscope.config.FoldedFile;
import macroscope.config.LayerMachines;
import macroscope.fpga.Accelerator;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.network.Footprint;
import macroscope.machine.network.GraphOnMachine;
import macroscope.machine.network.NetworkResult;
import macroscope.machine.network.TimedKernel;
import macroscope.onnx.FreeAxes;
import macroscope.onnx.Graph;
import macroscope.onnx.ShapeInference;
import macroscope.tensor.TensorFormat;
import macroscope.workload.Gemm;

/**
 * A network's graph on a machine of any kind, for {@code network}.
 *
 * @param model a built-in network, one from Maven Central or the path of an ONNX file
 * @param machine file of the machine
 * @param activations scheme of activations
 * @param weights scheme of weights
 */
record GraphNetwork(String model, Path machine, TensorFormat activations, TensorFormat weights) {

  /** So that a tensor's scale counts with its real share. */
  private static final int TYPICAL = 1024;

  /** Whether a name means a graph: that of a network that there is, or an ONNX file. */
  static boolean named(String model) {
    return model.endsWith(".onnx") || names().contains(model);
  }

  /** Networks that there are. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (BuiltIn one : BuiltIn.values()) {
      names.add(one.modelName());
    }
    for (MavenModel one : MavenModel.values()) {
      names.add(one.modelName());
    }
    return names;
  }

  /** On a machine that times layers one by one. */
  NetworkResult estimate(FreeAxes axes, int cores) {
    LayerMachine timed = LayerMachines.read(machine, cores);
    Graph graph = Model.load(model).graph();
    return new GraphOnMachine(
            timed, ModelFormats.operands(activations, weights, 1, TYPICAL, TYPICAL, TYPICAL))
        .estimate(model, graph, ShapeInference.of(graph, axes.shapes(graph)), axes.batch());
  }

  /** Layers folded as fast as fits. */
  Accelerator folded() {
    return FoldedFile.read(machine).accelerator(model, weights.name(), activations.name());
  }

  /**
   * A folded network: layers work side by side on inputs that follow each other, so that a batch takes the
   * way through all layers once, and the slowest layer's time for each further input.
   */
  NetworkResult estimate(Accelerator accelerator, int batch) {
    double hertz = accelerator.clock().megahertz() * 1e6;
    List<TimedKernel> kernels =
        accelerator.layers().stream().map(layer -> kernel(layer, hertz, batch)).toList();
    double first = kernels.stream().mapToDouble(k -> k.seconds().orElseThrow()).sum();
    double seconds = first + (batch - 1) / accelerator.inputsPerSecond();
    double numbers =
        kernels.stream()
            .mapToDouble(k -> k.gemm().map(g -> (double) g.n() * g.k()).orElse(0.0))
            .sum();
    return new NetworkResult(
        new NetworkResult.Run(
            model,
            FoldedFile.read(machine).name(),
            1,
            NetworkResult.Phase.GRAPH,
            batch,
            Optional.empty(),
            Map.of()),
        seconds,
        accelerator.inputsPerSecond(),
        0,
        kernels,
        new Footprint(numbers * weights.element().bits() / Byte.SIZE, 0, 0),
        new NetworkResult.Limits(Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        List.of(
            "layers work side by side: latency is at most that of all one after the other, samples a"
                + " second are those of the slowest layer",
            "energy is not available: nothing prices a folded device's work",
            "weights lie on the chip; what pools, widens or stores streams is not part of it"));
  }

  private static TimedKernel kernel(Accelerator.Layer layer, double hertz, int batch) {
    Gemm gemm = layer.unit().layer();
    return new TimedKernel(
        layer.name(),
        "",
        batch,
        Optional.of(gemm),
        1,
        gemm.macs(),
        Optional.of(layer.unit().cycles() / hertz),
        Optional.empty(),
        "folding of " + layer.name(),
        "pe " + layer.unit().folding().pe() + ", simd " + layer.unit().folding().simd());
  }
}
