package macroscope.cli;

import macroscope.sweep.Shard;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a part of a sweep, {@code 2/5}. */
final class ShardConverter implements ITypeConverter<Shard> {

  @Override
  public Shard convert(String text) {
    try {
      return Shard.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
