package macroscope.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import macroscope.accuracy.Datapath;
import macroscope.accuracy.LayerOverride;
import macroscope.accuracy.LayerOverrides;
import macroscope.input.InputException;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Units;

/**
 * What single layers have of their own, as users write it: {@code GLOB=WEIGHTS,ACTIVATIONS@UNIT}. One
 * format is for both sides, one that is left out beside a comma is that of the other layers; without
 * {@code @} the unit is. {@code GLOB=float} keeps a layer as the float network has it.
 */
public final class LayerTexts {
  private static final String RULE = "must be GLOB=WEIGHTS,ACTIVATIONS@UNIT or GLOB=float";
  private static final String FLOAT = "float";
  private static final String NONE = "none";

  private LayerTexts() {}

  /**
   * Several, parted by semicolons; {@code none} for none.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static LayerOverrides all(String text) {
    return text.strip().equals(NONE)
        ? LayerOverrides.NONE
        : new LayerOverrides(Arrays.stream(text.split(";", -1)).map(LayerTexts::one).toList());
  }

  /**
   * Several in a list.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static LayerOverrides all(List<String> texts) {
    List<LayerOverride> all = new ArrayList<>();
    texts.forEach(text -> all.addAll(all(text).all()));
    return new LayerOverrides(all);
  }

  private static LayerOverride one(String text) {
    String[] sides = text.strip().split("=", 2);
    if (sides.length < 2 || sides[0].isBlank() || sides[1].isBlank()) {
      throw new IllegalArgumentException(RULE + ": " + text.strip());
    }
    String glob = sides[0].strip();
    if (sides[1].strip().equals(FLOAT)) {
      Optional<TensorFormat> plain = Optional.of(format("fp32"));
      return new LayerOverride(glob, plain, plain, Optional.of(new Datapath(Optional.empty())));
    }
    String[] parts = sides[1].strip().split("@", 2);
    String[] formats = parts[0].split(",", -1);
    if (formats.length > 2) {
      throw new IllegalArgumentException(RULE + ": " + text.strip());
    }
    return new LayerOverride(
        glob,
        given(formats[0]),
        given(formats[formats.length - 1]),
        parts.length == 2 ? Optional.of(datapath(parts[1].strip())) : Optional.empty());
  }

  private static Optional<TensorFormat> given(String scheme) {
    return scheme.isBlank() ? Optional.empty() : Optional.of(format(scheme.strip()));
  }

  private static TensorFormat format(String scheme) {
    return FormatFile.catalogue().scheme(scheme);
  }

  private static Datapath datapath(String unit) {
    try {
      return unit.equals(Datapath.EXACT)
          ? new Datapath(Optional.empty())
          : new Datapath(Optional.of(Units.create(UnitNames.find(unit))));
    } catch (InputException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }
}
