#pragma once

#include <string>

#include <QCoreApplication>

#include "engine/base/result.hpp"

namespace peerscape::gui {

/// Why something is not possible, as a failure in the language of the window. The sentence is marked with
/// QT_TRANSLATE_NOOP("Refusal", …); %1, %2 … in it are the details.
template <typename... Texts>
auto refusal(const char* sentence, const Texts&... details) {
    QString text = QCoreApplication::translate("Refusal", sentence);
    ((text = text.arg(QString::fromStdString(std::string(details)))), ...);
    return failure(text.toStdString());
}

}  // namespace peerscape::gui
