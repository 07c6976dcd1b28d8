package macroscope.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Fit;
import macroscope.accuracy.Model;
import macroscope.hardware.Widths;
import macroscope.onnx.Shapes;
import macroscope.workload.Gemm;
import macroscope.workload.LinearLayer;
import macroscope.workload.LinearLayers;
import macroscope.workload.ProductLayer;

/** A network with the data that judge it, and what of it is asked of the hardware. */
public final class Workload {

  private final Model model;
  private final Dataset data;
  private final boolean attention;
  private final int batch;
  private final boolean activity;
  private final Dataset calibrationData;
  private final List<LinearLayer> linear;
  private final List<Gemm> layers;
  private final List<ProductLayer> products;
  private final List<Gemm> gemms;

  /** Computed once, as data can be large; empty before. */
  private volatile String dataDigest = "";

  private volatile String calibrationDigest = "";

  /**
   * @param model the network
   * @param data labelled samples, those that are run
   * @param attention whether products of two activations also run on the unit
   * @param batch samples that the machine works on together; cycles and energy are told for one
   * @param activity whether toggling bits are counted on the operands of its first samples
   */
  public Workload(Model model, Dataset data, boolean attention, int batch, boolean activity) {
    this(model, data, attention, batch, activity, data);
  }

  private Workload(
      Model model,
      Dataset data,
      boolean attention,
      int batch,
      boolean activity,
      Dataset calibrationData) {
    this.calibrationData = calibrationData;
    this.model = model;
    this.data = data;
    this.attention = attention;
    this.batch = Widths.positive("batch", batch);
    this.activity = activity;
    Shapes shapes = shapes(model, data, batch);
    this.linear = List.copyOf(LinearLayers.of(model.graph(), shapes));
    this.layers = linear.stream().map(LinearLayer::gemm).toList();
    List<ProductLayer> all = new ArrayList<>();
    linear.forEach(layer -> all.add(ProductLayer.of(layer.node(), layer.gemm())));
    if (attention) {
      all.addAll(LinearLayers.namedOfActivations(model.graph(), shapes));
    }
    this.products = List.copyOf(all);
    this.gemms =
        products.stream()
            .flatMap(p -> Collections.nCopies(p.matrices(), p.gemm()).stream())
            .toList();
  }

  /** Where samples differ in size, shapes are those of a sample of median size. */
  private static Shapes shapes(Model model, Dataset data, int batch) {
    int[] bySize =
        IntStream.range(0, data.size())
            .boxed()
            .sorted(Comparator.comparingInt(data::sampleSize))
            .mapToInt(Integer::intValue)
            .toArray();
    int median = bySize[bySize.length / 2];
    if ((long) batch * data.sampleSize(median) > Integer.MAX_VALUE) {
      throw new ArithmeticException("a batch has more elements than an array: " + batch);
    }
    int[] samples = new int[batch];
    Arrays.fill(samples, median);
    return Fit.shapes(model, data, samples);
  }

  /** This workload, calibrated on data of its own. */
  public Workload calibratedOn(Dataset own) {
    return new Workload(model, data, attention, batch, activity, own);
  }

  /** The same network judged on the data that it is calibrated on. */
  public Workload onCalibrationData() {
    return new Workload(model, calibrationData, attention, batch, activity, calibrationData);
  }

  /**
   * The same network judged on the first samples.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public Workload onFirst(int samples) {
    return new Workload(model, data.first(samples), attention, batch, activity, calibrationData);
  }

  /** What calibration learns from: the data that judge the network, unless others were given. */
  public Dataset calibrationData() {
    return calibrationData;
  }

  /** {@link Dataset#digest} of the data that judge the network. */
  public String dataDigest() {
    if (dataDigest.isEmpty()) {
      dataDigest = data.digest();
    }
    return dataDigest;
  }

  /** {@link Dataset#digest} of what calibration learns from. */
  public String calibrationDigest() {
    if (calibrationDigest.isEmpty()) {
      calibrationDigest = calibrationData.digest();
    }
    return calibrationDigest;
  }

  public Model model() {
    return model;
  }

  public Dataset data() {
    return data;
  }

  public boolean attention() {
    return attention;
  }

  public int batch() {
    return batch;
  }

  public boolean activity() {
    return activity;
  }

  /** The name of the network. */
  public String name() {
    return model.name();
  }

  /** The layers with weights. */
  public List<LinearLayer> linearLayers() {
    return linear;
  }

  /** The products with weights of one batch. */
  public List<Gemm> layers() {
    return layers;
  }

  /** All products of one batch that the unit does, by layer: those with weights first. */
  public List<ProductLayer> products() {
    return products;
  }

  /** All products of one batch that the unit does. */
  public List<Gemm> gemms() {
    return gemms;
  }
}
