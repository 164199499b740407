"""Measures: the words that begin the name of what is measured (`tỷ lệ`, `diện tích`, `thu nhập`)."""

from extractors.layers.folded import folded_pattern

MEASURE = (
    r"(?:tỷ_lệ|tỷ_suất|tỷ_trọng|tỷ_số|số(?!_hóa)|tổng|diện_tích|sản_lượng|thu_nhập|mức|độ|chỉ_số|tốc_độ|giá_trị|năng_suất|thời_gian|xếp_hạng|doanh_thu|quy_mô|kết_quả|xếp_loại|cơ_cấu)"
    r"(?![^\W\d_])"
)
MEASURES = folded_pattern(MEASURE)
