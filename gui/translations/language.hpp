#pragma once

#include <vector>

#include <QString>

namespace peerscape::gui {

/// A language that the window speaks.
struct Language {
    QString code;  ///< "fr", as in ISO 639
    QString name;  ///< in itself: "français"
};

/// English, in which the program is written, and those that have a file of translations; by their codes.
std::vector<Language> languages();

/// What is said from now on is said in this language; what stands in a window already stays. An empty code is
/// the system's language, and English stands for one that is not there.
void speak(const QString& code);
/// The code of the language that is spoken.
QString spokenLanguage();

}  // namespace peerscape::gui
