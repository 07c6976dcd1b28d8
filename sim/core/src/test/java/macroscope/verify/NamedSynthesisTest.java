package macroscope.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import macroscope.config.TechnologyFile;
import macroscope.cost.TechnologyNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSynthesisTest {

  private static final Vectors TWINS =
      new Vectors(
          List.of(
              "unit,latency_cycles,interval_cycles,lut6,ff,nand2_eq",
              "\"integer_mac:a=int4,length=1,accumulator_bits=18\",1,1,39,27,256"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"lut6", "nand2_eq"})
  void itsPartsArePredictedByTheSamePrices(String metric) {
    assertThat(replay(TWINS).metrics().get(metric).meanRelativeError()).isBetween(0.001, 0.3);
  }

  @Test
  void itsFlipFlopsAreCounted() {
    assertThat(replay(TWINS).metrics().get("ff").greatestRelativeError()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing:a=int4", "\"integer_mac:a=int4,length=1 in 2 x\"", "xmac"})
  void anUnknownUnitIsUnsupported(String unit) {
    assertThat(replay(TWINS.plus(unit + ",1,1,39,27,256")).unsupported()).isEqualTo(1);
  }

  private FileReport replay(Vectors vectors) {
    List<TechnologyNode> shipped =
        Stream.of("fpga-lut6", "osu018")
            .map(name -> Path.of("../../configs/technologies", name + ".yaml"))
            .map(TechnologyFile::read)
            .toList();
    return vectors.replay(folder, shipped);
  }
}
