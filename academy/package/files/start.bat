@echo off
setlocal
rem Plain ASCII but for the last line: cmd reads this file in the machine's own code page.
rem One step a line, no blocks: a path with brackets or Chinese cannot break it.
chcp 65001 >nul
set "PYTHONUTF8=1"
pushd "%~dp0"
if not exist "program\start.py" goto :unzip

set "LAUNCHER="
for %%P in (py.exe) do set "LAUNCHER=%%~$PATH:P"
if "%LAUNCHER%"=="" goto :plain
set "RUN=py -3.12"
%RUN% -c "" >nul 2>nul
if not errorlevel 1 goto :run
set "RUN=py -3.13"
%RUN% -c "" >nul 2>nul
if not errorlevel 1 goto :run
set "RUN=py -3.11"
%RUN% -c "" >nul 2>nul
if not errorlevel 1 goto :run

:plain
set "PLAIN="
for %%P in (python.exe) do set "PLAIN=%%~$PATH:P"
if "%PLAIN%"=="" goto :none
set "RUN=python"
%RUN% -c "" >nul 2>nul
if errorlevel 1 goto :none

:run
%RUN% "program\start.py" %*
if errorlevel 1 pause
popd
exit /b

:none
type "program\no_python.txt"
pause
popd
exit /b 1

:unzip
echo ！请先把压缩包整个解压（右键，全部解压缩），再从解压出来的文件夹里打开。& pause & exit /b 1
