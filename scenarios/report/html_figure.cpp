#include "scenarios/report/html_figure.hpp"

#include <ostream>

#include <fmt/format.h>

#include "scenarios/report/markup.hpp"

namespace peerscape::report {

void writeFigure(std::ostream& out, std::string_view label, const std::string& svg,
                 const std::string& caption) {
    out << fmt::format(
        "<figure>\n<div class=\"picture\" role=\"region\" aria-label=\"{}\" tabindex=\"0\">\n{}</div>\n"
        "<figcaption>{}</figcaption>\n</figure>\n",
        escaped(label), svg, caption);
}

}  // namespace peerscape::report
