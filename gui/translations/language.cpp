#include "gui/translations/language.hpp"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

/// The linker leaves out resources of a static library that nobody names. The macro works in no namespace.
static void nameResources() { Q_INIT_RESOURCE(translations); }

namespace peerscape::gui {

namespace {

constexpr auto kFolder = ":/translations";

/// Ours, and Qt's own for the buttons of its dialogs. They belong to the application, which asks them.
std::array<QTranslator*, 2> translators() {
    std::array<QTranslator*, 2> found{};
    const std::array names{QString("peerscape"), QString("qtbase")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        found[i] = qApp->findChild<QTranslator*>(names[i], Qt::FindDirectChildrenOnly);
        if (found[i] != nullptr) continue;
        found[i] = new QTranslator(qApp);
        found[i]->setObjectName(names[i]);
    }
    return found;
}

}  // namespace

std::vector<Language> languages() {
    nameResources();
    std::vector<Language> found;
    for (const QString& file : QDir(kFolder).entryList({"peerscape_*.qm"}, QDir::Files, QDir::Name)) {
        const QString code = file.section('_', 1).section('.', 0, 0);
        found.push_back({code, QLocale(code).nativeLanguageName()});
    }
    return found;
}

void speak(const QString& code) {
    const std::vector<Language> known = languages();
    const QString wanted = code.isEmpty() ? QLocale::system().name().section('_', 0, 0) : code;
    const bool isKnown = std::ranges::find(known, wanted, &Language::code) != known.end();
    const QString spoken = isKnown ? wanted : "en";
    const auto [own, qt] = translators();
    for (QTranslator* translator : {own, qt})
        QCoreApplication::removeTranslator(translator);
    // Qt speaks English without help; where its translations are not installed, its buttons stay so.
    if (spoken != "en" && qt->load("qtbase_" + spoken, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    if (own->load("peerscape_" + spoken, kFolder)) QCoreApplication::installTranslator(own);
    QLocale::setDefault(QLocale(spoken));
}

QString spokenLanguage() { return QLocale().name().section('_', 0, 0); }

}  // namespace peerscape::gui
