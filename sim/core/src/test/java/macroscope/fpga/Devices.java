package macroscope.fpga;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.cost.MemoryPrices;
import macroscope.cost.Price;
import macroscope.cost.PriceLaw;
import macroscope.cost.PriceTable;
import macroscope.cost.Provenance;
import macroscope.cost.Quantity;
import macroscope.cost.TechnologyNode;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.unit.DspSlice;

/** A device for tests: every bit of logic is a lookup table. */
final class Devices {

  private Devices() {}

  static FpgaDevice device(double dsps) {
    Resources all =
        new Resources(
            Map.of(
                Resource.LUT, 1000.0,
                Resource.FLIP_FLOP, 2000.0,
                Resource.DSP, dsps,
                Resource.BRAM18, 10.0));
    Resources usable =
        new Resources(
            Map.of(
                Resource.LUT, 0.7,
                Resource.FLIP_FLOP, 0.5,
                Resource.DSP, 1.0,
                Resource.BRAM18, 1.0));
    return new FpgaDevice(
        "test", "none", DspSlice.DSP48E2, all, usable, 100, technology(), Optional.empty());
  }

  private static TechnologyNode technology() {
    Map<String, PriceLaw> laws = new HashMap<>();
    Price one = new Price(1, FpgaDevice.AREA_UNIT, "none", 1, "test", Provenance.MEMORY);
    PriceLaw law = new PriceLaw(List.of(new PriceLaw.Term(Feature.SIZE, one)));
    Component.KINDS.forEach(kind -> laws.put(kind, law));
    return new TechnologyNode(
        "test",
        "none",
        1,
        "for tests",
        Map.of(Quantity.AREA, new PriceTable(FpgaDevice.AREA_UNIT, laws)),
        MemoryPrices.NONE,
        List.of());
  }
}
