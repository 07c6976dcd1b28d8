package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import macroscope.accuracy.ActivityArithmetic;
import macroscope.accuracy.Baseline;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Model;
import macroscope.accuracy.NetworkEvaluator;
import macroscope.accuracy.Progress;
import macroscope.accuracy.Quantization;
import macroscope.config.TechnologyFile;
import macroscope.cost.ActivityPricing;
import macroscope.cost.CostModel;
import macroscope.cost.CostReport;
import macroscope.cost.MissingPriceException;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.input.InputException;
import macroscope.unit.ScaledDatapath;

/**
 * Energy of the unit for a multiply-accumulate of one layer.
 *
 * @param layer name of the node; {@link #ALL} for the mean of all
 * @param macs multiply-accumulates that were run
 * @param onData picojoules on the operands of the layer
 * @param onRandomCodes picojoules on random codes, as published operations have it
 * @param relative toggles over those of random codes
 */
record LayerEnergy(
    String layer, long macs, double onData, double onRandomCodes, Activity relative) {

  static final String ALL = "all";
  private static final int SAMPLES = 2;
  private static final int ONE_THREAD = 1;

  /** The energies of all layers, then their mean. */
  static List<LayerEnergy> of(
      String technology, Quantization quantization, Model model, Dataset data) {
    CostModel prices = new CostModel(TechnologyFile.find(technology));
    try {
      ActivityArithmetic counting = new ActivityArithmetic(quantization, Stationary.SUM);
      Baseline baseline = Baseline.of(model, data.first(SAMPLES), ONE_THREAD);
      new NetworkEvaluator(baseline).evaluate(counting, ONE_THREAD, Progress.NONE);
      return priced(counting, quantization, prices);
    } catch (IllegalArgumentException | MissingPriceException e) {
      throw new InputException("--energy", String.valueOf(e.getMessage()), e);
    }
  }

  private static List<LayerEnergy> priced(
      ActivityArithmetic counting, Quantization quantization, CostModel prices) {
    ScaledDatapath datapath =
        new ScaledDatapath(
            quantization.unit().orElseThrow(), quantization.activations(), quantization.weights());
    CostReport random = prices.energyPerPass(datapath.inventory());
    List<LayerEnergy> energies = new ArrayList<>();
    long macs = 0;
    for (ActivityArithmetic.Layer layer : counting.layers()) {
      energies.add(energy(layer.layer(), layer.macs(), layer.relative(), random, datapath));
      macs += layer.macs();
    }
    long all = macs;
    counting.mean().ifPresent(mean -> energies.add(energy(ALL, all, mean, random, datapath)));
    return List.copyOf(energies);
  }

  private static LayerEnergy energy(
      String layer, long macs, Activity relative, CostReport random, ScaledDatapath datapath) {
    double onData = ActivityPricing.onData(random, relative).total();
    return new LayerEnergy(
        layer, macs, onData / datapath.length(), random.total() / datapath.length(), relative);
  }
}
