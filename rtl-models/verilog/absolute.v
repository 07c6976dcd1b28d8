// Sign and magnitude of a two's complement number; an unsigned one is its own magnitude.
module absolute #(
  parameter BITS   = 8,
  parameter SIGNED = 1
) (
  input  [BITS-1:0] number,
  output            negative,
  output [BITS-1:0] magnitude
);
  assign negative  = (SIGNED != 0) & number[BITS-1];
  assign magnitude = (number ^ {BITS{negative}}) + negative;
endmodule
