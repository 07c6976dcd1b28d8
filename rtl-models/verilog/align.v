// A signed term on the grid that all terms share: moved by constants so that WINDOW bits remain, then
// shifted right by how far its exponent lies below the largest. Lower bits are dropped: of the
// magnitude (toward zero), or of the two's complement number (FLOOR, toward minus infinity).
module align #(
  parameter BITS        = 8,
  parameter LEFT        = 0,
  parameter RIGHT       = 0,
  parameter WINDOW      = 15,
  parameter AMOUNT_BITS = 9,
  parameter FLOOR       = 0
) (
  input                    negative,
  input  [BITS-1:0]        magnitude,
  input  [AMOUNT_BITS-1:0] amount,
  output [WINDOW:0]        term
);
  localparam WIDE = BITS > WINDOW ? BITS : WINDOW;
  generate
    if (FLOOR == 0) begin : toward_zero
      wire [WIDE-1:0]   placed = (magnitude << LEFT) >> RIGHT;
      wire [WINDOW-1:0] shifted;
      shift_right #(.BITS(WINDOW), .AMOUNT_BITS(AMOUNT_BITS), .ARITHMETIC(0)) shift (
        .word(placed[WINDOW-1:0]), .amount(amount), .shifted(shifted));
      conditional_negate #(.BITS(WINDOW)) sign (
        .negative(negative), .magnitude(shifted), .number(term));
    end else begin : toward_minus_infinity
      wire        [BITS:0] number;
      wire signed [WIDE:0] wide;
      wire signed [WIDE:0] placed = (wide << LEFT) >>> RIGHT;
      conditional_negate #(.BITS(BITS)) sign (
        .negative(negative), .magnitude(magnitude), .number(number));
      resize #(.FROM(BITS + 1), .TO(WIDE + 1), .SIGNED(1)) widen (
        .number(number), .resized(wide));
      shift_right #(.BITS(WINDOW + 1), .AMOUNT_BITS(AMOUNT_BITS), .ARITHMETIC(1)) shift (
        .word(placed[WINDOW:0]), .amount(amount), .shifted(term));
    end
  endgenerate
endmodule
