package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packed products take the slices that the bill has: those of a DSP48E1, which Yosys makes. */
class PackedMacTwinTest {

  @TempDir private Path folder;

  /** Two dot products of two INT8 products, four of one INT4 product: two slices, one slice. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "packed_mac:packing=int8_dsp48e1,length=2,accumulator_bits=20 | 2",
        "packed_mac:packing=int4_dsp48e1,length=1,accumulator_bits=12 | 1"
      })
  void productsThatShareASliceTakeOne(String unit, double slices) throws IOException {
    Twin twin = TwinSettings.named(unit);
    assertThat(Synthesis.of(twin, SynthesisTarget.XC7_DSP, folder)).containsEntry("dsp", slices);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "packed_mac:packing=int8_dsp48e1,length=2,accumulator_bits=20 | 2",
        "packed_mac:packing=int4_dsp48e2,length=5,accumulator_bits=12 | 5"
      })
  void theBillOfAllThatShareHasThem(String unit, double slices) {
    double ofBill =
        TwinSettings.named(unit).inventory().lines().stream()
            .filter(line -> line.component() instanceof Component.DspSlice)
            .mapToDouble(line -> line.perUnit(Feature.INSTANCE))
            .sum();
    assertThat(ofBill).isEqualTo(slices);
  }
}
