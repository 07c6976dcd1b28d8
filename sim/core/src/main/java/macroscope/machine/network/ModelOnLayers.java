package macroscope.machine.network;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.machine.layer.LayerTime;
import macroscope.workload.Gemm;
import macroscope.workload.Inference;
import macroscope.workload.LanguageModel;
import macroscope.workload.ModelOperator;
import macroscope.workload.ProductLayer;

/**
 * A phase of a language model's inference on a machine that times products one by one: processor cores,
 * arrays, cache slices, matrix units. Attention is two products of all pairs, scores and values, and a
 * softmax between them that goes over the scores twice; its exponentials are not counted. What is no product goes through the machine's
 * vector unit where it has a model of one, else at the speed of external memory, else it is not timed.
 */
public final class ModelOnLayers {

  /** Passes over scores of a softmax whose sums are scaled online. */
  private static final int SOFTMAX_PASSES = 2;

  private final LayerMachine machine;
  private final LayerPrecision precision;
  private final Set<String> notes = new LinkedHashSet<>();
  private final List<TimedKernel> kernels = new ArrayList<>();

  private ModelOnLayers(LayerMachine machine, LayerPrecision precision) {
    this.machine = machine;
    this.precision = precision;
  }

  /**
   * What a phase takes.
   *
   * @throws IllegalArgumentException if the machine does not multiply activations by weights
   */
  public static NetworkResult estimate(
      LayerMachine machine, LayerPrecision precision, LanguageModel model, Inference phase) {
    Footprint footprint = precision.footprint(model, phase);
    LayerMachine holding = machine.holding(precision.readBytes(model));
    ModelOnLayers run = new ModelOnLayers(holding, precision);
    model.operators(phase).forEach(run::add);
    double seconds = run.kernels.stream().mapToDouble(TimedKernel::totalSeconds).sum();
    Priced priced = Priced.none(machine.name() + " has no prices of energy");
    List<String> notes = new ArrayList<>(priced.notes());
    machine.limit().ifPresent(notes::add);
    model.largerInputs(phase).ifPresent(notes::add);
    notes.addAll(run.notes);
    return new NetworkResult(
        new NetworkResult.Run(
            model.name(),
            machine.name(),
            1,
            phase.decode() ? NetworkResult.Phase.DECODE : NetworkResult.Phase.PREFILL,
            phase.batch(),
            Optional.of(phase.context()),
            Map.of()),
        seconds,
        phase.tokens() / seconds,
        0,
        run.kernels,
        footprint,
        new NetworkResult.Limits(
            holding.peakMacsPerSecond(precision.products()),
            holding.outerBytesPerSecond(),
            holding.outerBytes()),
        priced.energy(),
        notes);
  }

  private void add(ModelOperator operator) {
    if (operator instanceof ModelOperator.Projection one) {
      boolean output = one.name().equals(LanguageModel.OUTPUT);
      weights(one, one.gemm(), one.matrices(), output ? precision.output() : precision.products());
    } else if (operator instanceof ModelOperator.Rematerialization one) {
      weights(one, one.gemm(), 1, precision.products());
      notes.add(
          "keys and values that are made again pass through external memory before attention");
    } else if (operator instanceof ModelOperator.ActivationProduct one) {
      activations(
          one.name(), one.count(), one.gemm(), one.batch(), precision.attention().ofActivations());
    } else if (operator instanceof ModelOperator.Attention one) {
      attention(one);
    } else if (operator instanceof ModelOperator.Elementwise one) {
      stream(one.name(), one.count(), one.read(), one.written(), precision.products());
    } else if (operator instanceof ModelOperator.StateUpdate one) {
      LayerFormats state = LayerFormats.of("binary32", (int) precision.stateBits());
      stream(one.name(), one.count(), one.numbers(), one.numbers(), state);
    } else {
      throw new IllegalArgumentException("no kernel for " + operator.name());
    }
  }

  private void weights(ModelOperator operator, Gemm gemm, int matrices, LayerFormats formats) {
    ProductLayer layer = new ProductLayer(operator.name(), gemm, matrices, true, Optional.empty());
    LayerTime time =
        machine
            .time(layer, formats)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        machine.name()
                            + " does not multiply "
                            + formats
                            + ", but "
                            + machine.multiplies()));
    kernels.add(TimedKernel.product(layer, operator.count(), time));
  }

  /** Query heads that share keys are rows of one product. */
  private void attention(ModelOperator.Attention one) {
    int group = one.heads().queries() / one.heads().keyValues();
    int rows = Math.multiplyExact(group, one.queries());
    int matrices = Math.multiplyExact(one.batch(), one.heads().keyValues());
    int size = one.heads().size();
    LayerFormats formats =
        one.fresh() ? precision.attention().ofActivations() : precision.attention();
    Gemm scores = new Gemm(rows, one.context(), size);
    activations(one.name() + ", scores", one.count(), scores, matrices, formats);
    long numbers = (long) matrices * rows * one.context();
    stream(one.name() + ", softmax", one.count(), SOFTMAX_PASSES * numbers, numbers, formats);
    Gemm values = new Gemm(rows, size, one.context());
    activations(one.name() + ", values", one.count(), values, matrices, formats);
  }

  private void activations(String name, long count, Gemm gemm, int matrices, LayerFormats formats) {
    ProductLayer layer = new ProductLayer(name, gemm, matrices, false, Optional.empty());
    Optional<LayerTime> time = machine.time(layer, formats).or(() -> byMemory(layer, formats));
    if (time.isEmpty()) {
      notes.add(name + " is not timed: " + machine.name() + " does not multiply " + formats);
    }
    kernels.add(
        time.map(t -> TimedKernel.product(layer, count, t))
            .orElseGet(() -> TimedKernel.stream(name, count, Optional.empty())));
  }

  /** Operands and results once, at the speed of external memory: what no machine can be faster than. */
  private Optional<LayerTime> byMemory(ProductLayer layer, LayerFormats formats) {
    Gemm gemm = layer.gemm();
    double left = (double) gemm.m() * (gemm.k() + (double) gemm.n()) * formats.activationBits();
    double right = (double) gemm.k() * gemm.n() * formats.weightBits();
    double bytes = layer.matrices() * (left + right) / Byte.SIZE;
    Optional<LayerTime> time =
        machine
            .outerBytesPerSecond()
            .map(rate -> LayerTime.of(bytes / rate, LayerTime.MEMORY, "", Optional.of(bytes)));
    if (time.isPresent()) {
      notes.add(
          "products of activations take the time of external memory alone: "
              + machine.name()
              + " does not multiply "
              + formats);
    }
    return time;
  }

  private void stream(String name, long count, long read, long written, LayerFormats formats) {
    Optional<LayerTime> time = machine.stream(read, written, formats);
    if (time.isEmpty()) {
      notes.add(
          "what is no product is not timed: "
              + machine.name()
              + " has no model of vector units or external memory");
    } else if (time.get().bound().equals(LayerTime.MEMORY) && time.get().mapping().isEmpty()) {
      notes.add(
          "what is no product takes the time of external memory alone: "
              + machine.name()
              + " has no model of vector units");
    }
    kernels.add(TimedKernel.stream(name, count, time));
  }
}
