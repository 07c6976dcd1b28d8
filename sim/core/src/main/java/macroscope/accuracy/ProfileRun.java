package macroscope.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import macroscope.onnx.LinearNodes;
import macroscope.onnx.Node;
import macroscope.onnx.Products;
import macroscope.onnx.ResultKind;
import macroscope.onnx.Tensor;

/** Runs the float network and the one that is judged in step. */
final class ProfileRun {
  private final Model model;
  private final ModelRunner exact;
  private final ModelRunner judged;
  private final OperandView operands;
  private final Quantization quantization;
  private final Map<String, OperandView.Operand> weights = new ConcurrentHashMap<>();
  private final Map<String, Tensor> matrices = new ConcurrentHashMap<>();

  ProfileRun(Model model, Arithmetic arithmetic, OperandView operands, Quantization quantization) {
    this.model = model;
    this.exact = new ModelRunner(model.graph(), new FloatArithmetic());
    this.judged = new ModelRunner(model.graph(), arithmetic);
    this.operands = operands;
    this.quantization = quantization;
  }

  /** The cells of one sample, in the order of execution. */
  List<ProfileCell> sample(Map<String, Tensor> inputs) {
    Map<String, Tensor> reals = exact.start(inputs);
    Map<String, Tensor> found = judged.start(inputs);
    int samples = exact.samples(reals);
    Products onReals = exact.on(samples);
    Products onJudged = judged.on(samples);
    List<ProfileCell> cells = new ArrayList<>();
    for (int i = 0; i < exact.nodes().size(); i++) {
      Node node = exact.nodes().get(i);
      ProfileCell cell = new ProfileCell(node);
      List<Tensor> right = exact.step(node, reals, new Watch(onReals, cell, samples), samples);
      List<Tensor> inTheRun = judged.step(node, found, onJudged, samples);
      noteResult(cell, right.get(0), samples);
      if (cell.multiplied() || !cell.formats().result().isEmpty()) {
        List<Tensor> alone = judged.step(node, reals, onJudged, samples);
        cell.compare(right.get(0).values(), alone.get(0).values(), inTheRun.get(0).values());
        cells.add(cell);
      }
      exact.advance(i, reals, right);
      judged.advance(i, found, inTheRun);
    }
    return cells;
  }

  private void noteResult(ProfileCell cell, Tensor result, int samples) {
    ResultKind kind = exact.kinds().get(cell.node().output());
    if (kind == null || cell.multiplied() || !LayerProfile.isKept(kind, quantization)) {
      return;
    }
    int columns = result.rank() == 0 ? 1 : result.shape()[result.rank() - 1];
    int rows = columns == 0 ? 0 : result.values().length / columns;
    cell.result(rows / samples, columns, kept(kind));
  }

  private String kept(ResultKind kind) {
    String algorithm =
        kind == ResultKind.SOFTMAX && quantization.softmax() != AttentionSoftmax.REAL
            ? quantization.softmax().name().toLowerCase(Locale.ROOT)
            : "";
    String format = quantization.results().of(kind).map(f -> f.name()).orElse("");
    return algorithm.isEmpty() || format.isEmpty() ? algorithm + format : algorithm + ", " + format;
  }

  /** One row of all samples' cells. */
  LayerProfile row(List<ProfileCell> cells) {
    ProfileCell first = cells.get(0);
    double squares = 0;
    long elements = 0;
    for (ProfileCell cell : cells) {
      squares += cell.injected().signal();
      elements += cell.elements();
    }
    boolean two = LinearNodes.isActivationProduct(model.graph(), first.node());
    return new LayerProfile(
        first.node().name(),
        first.node().operator().onnxName(),
        first.shape(),
        first.formats(),
        two ? decibels(cells, ProfileCell::right) : weightsOf(first.node()),
        decibels(cells, ProfileCell::left),
        loss(cells, ProfileCell::injected),
        loss(cells, ProfileCell::accumulated),
        Math.sqrt(squares / elements));
  }

  private static LayerProfile.Loss loss(
      List<ProfileCell> cells, Function<ProfileCell, ProfileCell.Sums> sums) {
    double largest = 0;
    for (ProfileCell cell : cells) {
      largest = Math.max(largest, sums.apply(cell).largest());
    }
    return new LayerProfile.Loss(decibels(cells, sums), largest);
  }

  private static Metric decibels(
      List<ProfileCell> cells, Function<ProfileCell, ProfileCell.Sums> sums) {
    NoiseRatio ratio = new NoiseRatio();
    cells.forEach(cell -> ratio.add(sums.apply(cell).signal(), sums.apply(cell).noise()));
    return ratio.decibels();
  }

  /** Weights are the same for all samples; their independent units are rows. */
  private Metric weightsOf(Node node) {
    NoiseRatio ratio = new NoiseRatio();
    for (int group = 0; group < LinearNodes.groups(node); group++) {
      Optional.ofNullable(weights.get(LayerNames.of(node, group)))
          .ifPresent(
              w -> {
                int k = matrix(node, 0).shape()[1];
                for (int at = 0; at < w.given().length; at += k) {
                  ratio.add(w.given(), w.left(), at, at + k);
                }
              });
    }
    return ratio.decibels();
  }

  private Tensor matrix(Node node, int group) {
    return matrices.computeIfAbsent(
        LayerNames.of(node, group), any -> LinearNodes.weight(model.graph(), node, group));
  }

  private OperandView.Operand weights(Node node, int group) {
    String layer = LayerNames.of(node, group);
    Tensor w = matrix(node, group);
    return weights.computeIfAbsent(
        layer, name -> operands.weights(name, w.values(), w.shape()[0], w.shape()[1]));
  }

  /** Sees the operands of products of the float run. */
  private final class Watch implements Products {
    private final Products products;
    private final ProfileCell cell;
    private final int samples;

    Watch(Products products, ProfileCell cell, int samples) {
      this.products = products;
      this.cell = cell;
      this.samples = samples;
    }

    @Override
    public double[] linear(Node node, int group, double[] x, int rows) {
      String layer = LayerNames.of(node, group);
      Tensor w = matrix(node, group);
      int n = w.shape()[0];
      int k = w.shape()[1];
      int rowsPerSample = rows % samples == 0 ? rows / samples : rows;
      String left = "";
      if (FiniteSamples.isFinite(x, 0, x.length)) {
        OperandView.Operand seen = operands.inputs(layer, x, rows, k, rowsPerSample);
        cell.left().add(seen.given(), seen.left());
        left = seen.format();
      }
      cell.product(
          rowsPerSample,
          n,
          k,
          new LayerProfile.Formats(
              weights(node, group).format(), left, "", operands.datapath(layer)));
      return products.linear(node, group, x, rows);
    }

    @Override
    public double[] activations(Node node, double[] a, int m, double[] b, int n, int k) {
      String left = "";
      String right = "";
      if (FiniteSamples.isFinite(a, 0, a.length) && FiniteSamples.isFinite(b, 0, b.length)) {
        OperandView.Operand ofA = operands.left(node.name(), a, m, k);
        OperandView.Operand ofB = operands.right(node.name(), b, n, k);
        cell.left().add(ofA.given(), ofA.left());
        cell.right().add(ofB.given(), ofB.left());
        left = ofA.format();
        right = ofB.format();
      }
      String datapath = quantization.attention() ? operands.datapath(node.name()) : Datapath.EXACT;
      cell.product(m, n, k, new LayerProfile.Formats(right, left, "", datapath));
      return products.activations(node, a, m, b, n, k);
    }

    @Override
    public double[] integers(Node node, int group, Integers x) {
      Tensor w = matrix(node, group);
      integers(node, x, w.type().text(), w.shape()[0]);
      return products.integers(node, group, x);
    }

    @Override
    public double[] integers(Node node, Integers a, Integers b) {
      integers(node, a, b.type().text(), b.rows());
      return products.integers(node, a, b);
    }

    private void integers(Node node, Integers x, String right, int n) {
      cell.product(
          x.rows(),
          n,
          x.columns(),
          new LayerProfile.Formats(
              right, x.type().text(), "", operands.datapath(LayerNames.of(node, 0))));
    }

    @Override
    public double[] softmax(double[] x, int length) {
      return products.softmax(x, length);
    }
  }
}
