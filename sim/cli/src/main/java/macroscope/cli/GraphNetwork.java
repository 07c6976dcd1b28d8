package macroscope.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.accuracy.BuiltIn;
import macroscope.config.FoldedFile;
import macroscope.config.LayerMachines;
import macroscope.config.MachineKind;
import macroscope.fpga.Accelerator;
import macroscope.input.InputException;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerTime;
import macroscope.machine.network.GraphEstimate;
import macroscope.onnx.Graph;
import macroscope.onnx.OnnxModel;
import macroscope.report.Listing;
import macroscope.tensor.TensorFormat;
import macroscope.workload.Gemm;
import macroscope.workload.NetworkStep;
import macroscope.workload.ProductLayer;

/**
 * A network's graph on a machine of any kind, for {@code network}.
 *
 * @param model a built-in network or the path of an ONNX file
 * @param machine file of the machine
 * @param activations scheme of activations
 * @param weights scheme of weights
 * @param batch samples
 */
record GraphNetwork(
    String model, Path machine, TensorFormat activations, TensorFormat weights, int batch) {

  private static final List<String> COLUMNS =
      List.of(
          "node",
          "operator",
          "m",
          "n",
          "k",
          "matrices",
          "macs",
          "microseconds",
          "bound",
          "mapping");

  /** Whether a name means a graph: that of a built-in network, or an ONNX file. */
  static boolean named(String model) {
    return model.endsWith(".onnx") || BuiltIn.byName(model).isPresent();
  }

  private Graph graph() {
    return BuiltIn.byName(model)
        .map(builtIn -> builtIn.model().graph())
        .orElseGet(() -> OnnxModel.read(Path.of(model)));
  }

  void print(ListingStyle style, PrintWriter out) {
    if (MachineKind.of(machine) == MachineKind.FOLDED) {
      folded(style, out);
      return;
    }
    GraphEstimate estimate = estimate();
    if (!style.csv() && !style.json()) {
      summary(estimate, out);
    }
    List<List<Object>> rows = estimate.nodes().stream().map(GraphNetwork::row).toList();
    style.print(new Listing(COLUMNS, rows), out);
  }

  private GraphEstimate estimate() {
    return GraphEstimate.of(
        LayerMachines.read(machine), NetworkStep.of(graph(), batch), formats(), batch);
  }

  private LayerFormats formats() {
    return new LayerFormats(
        machineName(activations),
        machineName(weights),
        activations.bitsPerElement(1, 1024),
        weights.bitsPerElement(1024, 1024));
  }

  /** Machines do not tell a range that is symmetric about zero from one that is not. */
  static String machineName(TensorFormat format) {
    return format.element().name().replaceFirst("sym$", "");
  }

  private static List<Object> row(GraphEstimate.TimedNode node) {
    Optional<ProductLayer> product = node.step().product();
    Optional<Gemm> gemm = product.map(ProductLayer::gemm);
    List<Object> row = new ArrayList<>(List.of(node.step().name(), node.step().operator()));
    row.add(gemm.<Object>map(Gemm::m).orElse(""));
    row.add(gemm.<Object>map(Gemm::n).orElse(""));
    row.add(gemm.<Object>map(Gemm::k).orElse(""));
    row.add(product.<Object>map(ProductLayer::matrices).orElse(""));
    row.add(product.<Object>map(ProductLayer::macs).orElse(""));
    row.add(node.time().<Object>map(time -> rounded(time.seconds() * 1e6)).orElse(""));
    row.add(node.time().map(LayerTime::bound).orElse(""));
    row.add(node.time().map(LayerTime::mapping).orElse(""));
    return row;
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.6g", value));
  }

  private void summary(GraphEstimate estimate, PrintWriter out) {
    line(out, "latency", estimate.seconds() * 1e3, "ms");
    line(out, "samples a second", batch / estimate.seconds(), "");
    line(out, "multiply-accumulates", estimate.macs(), "");
    line(out, "GMAC a second", estimate.macs() / estimate.seconds() / 1e9, "");
    if (estimate.untimed() > 0) {
      out.printf(
          Locale.ROOT,
          "%d operators that are no products are not timed: %s has no model of them%n",
          estimate.untimed(),
          estimate.machine());
    }
    out.println();
  }

  /** Layers work side by side: the slowest decides. */
  private void folded(ListingStyle style, PrintWriter out) {
    if (batch != 1) {
      throw new InputException("--batch", "must be 1 on a device that inputs follow each other on");
    }
    Accelerator accelerator =
        FoldedFile.read(machine).accelerator(model, weights.name(), activations.name());
    if (!style.csv() && !style.json()) {
      long latency = accelerator.layers().stream().mapToLong(layer -> layer.unit().cycles()).sum();
      double hertz = accelerator.device().clockMegahertz() * 1e6;
      line(out, "latency, at most", latency / hertz * 1e3, "ms");
      line(out, "samples a second", accelerator.inputsPerSecond(), "");
      line(out, "GMAC a second", accelerator.macsPerSecond() / 1e9, "");
      out.println();
    }
    style.print(FoldCommand.listing(accelerator), out);
  }

  private static void line(PrintWriter out, String what, double value, String unit) {
    out.printf(
        Locale.ROOT, "%-22s %12s %s%n", what, String.format(Locale.ROOT, "%.4g", value), unit);
  }
}
