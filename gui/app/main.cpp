#include <cstdio>
#include <cstdlib>

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include "gui/app/main_window.hpp"
#include "gui/translations/language.hpp"

namespace {

/// Qt ends the program with a riddle where there is no screen; a sentence is kinder.
bool hasDisplay() {
    const auto isSet = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
}

}  // namespace

int main(int argc, char** argv) {
    constexpr int kBadInput = 2;
    if (!hasDisplay()) {
        std::fputs(
            "peerscape: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), and the "
            "desktop program "
            "needs one; `peerscape console LAB` works everywhere\n",
            stderr);
        return kBadInput;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName("Peerscape");
    QApplication::setOrganizationName("Peerscape");
    QApplication::setStyle("Fusion");
    peerscape::gui::speak(QSettings().value("language").toString());
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Draw networks, break them, and watch them heal."));
    parser.addHelpOption();
    parser.addPositionalArgument(
        "LAB", QApplication::translate("main", "a lab file, or a folder that holds lab.yaml"), "[LAB]");
    parser.process(application);
    QString lab = parser.positionalArguments().value(0);
    while (true) {
        peerscape::gui::speak(QSettings().value("language").toString());
        peerscape::gui::MainWindow window;
        window.setDark(QSettings().value("dark").toBool());
        window.show();
        if (!lab.isEmpty() && !window.openFile(lab)) return kBadInput;
        const int end = QApplication::exec();
        if (end != peerscape::gui::MainWindow::kOpenAgain) return end;
        lab = QString::fromStdString(window.editor().document().path().string());
    }
}
