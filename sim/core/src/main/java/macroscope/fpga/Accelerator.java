package macroscope.fpga;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A network on a device, a matrix-vector unit for each layer, all at work on different inputs: the
 * slowest decides how fast inputs follow each other. What turns images into vectors, pools and widens
 * streams, and the queues between layers, are not part of it.
 *
 * @param device the device
 * @param ram what memories are made of
 * @param search how foldings are chosen where they are not given
 * @param layers in order of execution
 */
public record Accelerator(
    FpgaDevice device, RamStyle ram, FoldingSearch search, List<Layer> layers) {

  /**
   * A layer with a name.
   *
   * @param name of the network's node
   */
  public record Layer(String name, MatrixVectorUnit unit) {}

  public Accelerator {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an accelerator needs a layer");
    }
    for (Layer layer : layers) {
      if (!layer.unit().datapath().runsOn(device.dsp())) {
        throw new IllegalArgumentException(
            device.name() + " has only " + device.dsp() + ": " + layer.unit().datapath());
      }
    }
  }

  /** The same network with every layer within so many cycles, or as fast as it can be. */
  public Accelerator within(long cycles) {
    return new Accelerator(
        device,
        ram,
        search,
        layers.stream()
            .map(layer -> new Layer(layer.name(), search.within(layer.unit(), cycles)))
            .toList());
  }

  /** The fastest of {@link #within} that fits; empty if not even the slowest does. */
  public Optional<Accelerator> fastestThatFits() {
    List<MatrixVectorUnit> units = layers.stream().map(Layer::unit).toList();
    return search.cycles(units).stream()
        .map(this::within)
        .filter(Accelerator::fits)
        .min(Comparator.comparingLong(Accelerator::cycles));
  }

  /** What a layer takes: whole slices and blocks. */
  public Resources resources(Layer layer) {
    return new FpgaCost(device, ram).of(layer.unit().inventory()).whole();
  }

  /** What all layers take. */
  public Resources resources() {
    return layers.stream().map(this::resources).reduce(Resources.NONE, Resources::plus);
  }

  /** Whether the device has room for it. */
  public boolean fits() {
    return resources().fit(device.capacity());
  }

  /** Cycles from one input to the next: those of the slowest layer. */
  public long cycles() {
    return layers.stream().mapToLong(layer -> layer.unit().cycles()).max().orElseThrow();
  }

  /** The clock that all layers share: the device's, or what the slowest of them allows. */
  public DesignClock clock() {
    return layers.stream()
        .map(layer -> device.clock(layer.unit().inventory()))
        .reduce(DesignClock::with)
        .orElseThrow();
  }

  /** Inputs a second. */
  public double inputsPerSecond() {
    return clock().megahertz() * 1e6 / cycles();
  }

  /** Multiply-accumulates a second. */
  public double macsPerSecond() {
    long macs = layers.stream().mapToLong(layer -> layer.unit().layer().macs()).sum();
    return macs * inputsPerSecond();
  }
}
