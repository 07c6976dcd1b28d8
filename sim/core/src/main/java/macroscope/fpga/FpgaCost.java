package macroscope.fpga;

import java.util.List;
import macroscope.cost.CostModel;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;

/**
 * What parts take of a device: logic by the prices of its technology, flip-flops, and hard blocks one
 * by one.
 *
 * @param device prices and slices
 * @param ram what memories are made of
 */
public record FpgaCost(FpgaDevice device, RamStyle ram) {

  /**
   * What one unit is charged.
   *
   * @throws macroscope.cost.MissingPriceException if logic has no price in the device's technology
   */
  public Resources of(Inventory inventory) {
    List<Inventory.Line> logic =
        inventory.lines().stream().filter(line -> !isHard(line.component())).toList();
    double luts = new CostModel(device.technology()).area(new Inventory(logic)).total();
    Resources total =
        Resources.of(Resource.LUT, luts)
            .plus(Resources.of(Resource.FLIP_FLOP, inventory.registerBits()));
    for (Inventory.Line line : inventory.lines()) {
      double blocks = line.perUnit(Feature.INSTANCE);
      if (line.component() instanceof Component.Memory memory) {
        total = total.plus(ram.of(memory).times(blocks));
      } else if (line.component() instanceof Component.DspSlice) {
        total = total.plus(Resources.of(Resource.DSP, blocks));
      }
    }
    return total;
  }

  private static boolean isHard(Component component) {
    return Component.HARD_KINDS.contains(component.kind());
  }
}
